"""What a user would pick instead of the brokers in databases, with no-op jobs; a line of JSON a run.

    broker_peers.py pgqueuer-enqueue-one|pgqueuer-enqueue-bulk|pgqueuer-execute URL COUNT
    broker_peers.py huey-enqueue-one|huey-execute PATH COUNT

huey's file is written with `synchronous = FULL`: the only durability that both can have.
"""

import datetime
import json
import logging
import resource
import sys
import threading
import time

BATCH = 1000
CLAIMED = 100


async def pgqueuer(mode: str, url: str, count: int) -> float:
    import asyncpg
    from pgqueuer.core.qm import QueueManager
    from pgqueuer.db import AsyncpgDriver
    from pgqueuer.models import Job
    from pgqueuer.queries import Queries
    from pgqueuer.types import QueueExecutionMode

    connection = await asyncpg.connect(url)
    queries = Queries(AsyncpgDriver(connection))
    await connection.execute("SET client_min_messages = warning")
    if await queries.has_table("pgqueuer"):
        await queries.uninstall()
    await queries.install()

    async def fill():
        for _ in range(count // BATCH):
            await queries.enqueue(["noop"] * BATCH, [b"[1,2,3,4]"] * BATCH, [0] * BATCH)

    if mode == "enqueue-one":
        began = time.perf_counter()
        for _ in range(count):
            await queries.enqueue("noop", b"[1,2,3,4]")
        took = time.perf_counter() - began
    elif mode == "enqueue-bulk":
        began = time.perf_counter()
        await fill()
        took = time.perf_counter() - began
    else:
        await fill()
        manager = QueueManager(queries)

        @manager.entrypoint("noop")
        async def noop(job: Job) -> None:
            pass

        began = time.perf_counter()
        await manager.run(
            batch_size=CLAIMED, mode=QueueExecutionMode.drain, dequeue_timeout=datetime.timedelta(seconds=1)
        )
        took = time.perf_counter() - began
    await queries.uninstall()
    await connection.close()
    return took


def huey(mode: str, path: str, count: int) -> float:
    from huey import SqliteHuey

    logging.disable(logging.CRITICAL)
    queue = SqliteHuey("bench", filename=path, fsync=True, results=False)
    done, ended = [0], threading.Event()

    @queue.task()
    def noop(*numbers):
        done[0] += 1
        if done[0] == count:
            ended.set()

    began = time.perf_counter()
    for _ in range(count):
        noop(1, 2, 3, 4)
    if mode == "enqueue-one":
        return time.perf_counter() - began
    # One thread is the fastest: each takes the whole file for a message.
    consumer = queue.create_consumer(workers=1, periodic=False)
    began = time.perf_counter()
    consumer.start()
    ended.wait()
    took = time.perf_counter() - began
    consumer.stop(graceful=True)
    return took


def main() -> None:
    peer, _, mode = sys.argv[1].partition("-")
    place, count = sys.argv[2], int(sys.argv[3])
    if peer == "huey":
        took = huey(mode, place, count)
    else:
        import uvloop

        took = uvloop.run(pgqueuer(mode, place, count // BATCH * BATCH if mode != "enqueue-one" else count))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"count": count, "seconds": took, "per_second": count / took, "peak_kilobytes": peak}))


main()
