"""Stands in front of a real SQS server and fails requests as a plan says.

    fault_server.py --listen 0 --upstream http://127.0.0.1:PORT

Prints its port on a line of its own once it listens, and ends on SIGTERM or with the process that started it.
Requests that no fault concerns pass unchanged, head included, so the server behind still checks their signatures.

    POST /__faults  [{"action": "SendMessageBatch", "fault": "reset-after-forward", "times": 2, "skip": 1}, ...]
    GET  /__stats   {"requests": {action: n}, "peak_per_second": {action: n, "*": n}, "faults": {fault: n}}
    POST /__reset   forgets the plan and the counts

The faults are in faults.py. `action` may be "*" (the default), `times` is 1 unless given, null means always.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
import urllib.parse

import faults
from exchange import ClientGone, ClientReader, Exchange
from fault_plan import Counts, Plan
from http_wire import LONGEST_HEAD, ConnectionEnded, Message, answer, read_message


class FaultServer:
    def __init__(self, upstream: str) -> None:
        self.upstream = urllib.parse.urlsplit(upstream)
        self.forget()

    def forget(self) -> None:
        self.plan = Plan()
        self.counts = Counts()
        self.repeats: dict[str, list[dict]] = {}
        """Messages that are delivered once more, by queue URL."""

    async def serve(self, reader: ClientReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not writer.is_closing():
                request = await read_message(reader)
                path = request.start_line.split(" ")[1]
                if path.startswith("/__"):
                    writer.write(self.control(path, request.body).encoded())
                else:
                    await self.handle(Exchange(request, reader, writer, self))
        except (ConnectionEnded, ClientGone, ConnectionError, asyncio.CancelledError):
            pass  # the client left, a fault broke the connection, or this server ends
        finally:
            writer.close()

    async def handle(self, exchange: Exchange) -> None:
        action = exchange.action
        self.counts.add(action)
        if action == "ReceiveMessage" and (repeats := self.repeats.get(exchange.content().get("QueueUrl"))):
            await exchange.respond(answer("200 OK", json.dumps({"Messages": [repeats.pop()]}).encode()))
            return
        rule = self.plan.take(action)
        if rule is None:
            await exchange.respond(await exchange.forward())
            return
        # Counted when it begins: a client that has seen the fault must find it in the counts.
        self.counts.faults[rule.fault] += 1
        if not await faults.strike(rule.fault, exchange):
            self.counts.faults[rule.fault] -= 1
            self.plan.give_back(rule)

    def control(self, path: str, body: bytes) -> Message:
        match path:
            case "/__faults":
                try:
                    entries = json.loads(body)
                    unknown = [entry["fault"] for entry in entries if not faults.is_known(entry["fault"])]
                    if unknown:
                        raise ValueError(f"no such fault: {unknown[0]}")
                    self.plan.replace(entries)
                except (ValueError, KeyError, TypeError) as error:
                    return answer("400 Bad Request", json.dumps({"error": str(error)}).encode())
            case "/__stats":
                return answer("200 OK", json.dumps(self.counts.described()).encode())
            case "/__reset":
                self.forget()
            case _:
                return answer("404 Not Found", b"{}")
        return answer("200 OK", b"{}")


async def until_orphaned() -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(1)


async def main() -> None:
    parser = argparse.ArgumentParser(description="A proxy that injects faults between an SQS client and its server.")
    parser.add_argument("--listen", type=int, default=0, metavar="PORT", help="0 takes a free one")
    parser.add_argument("--upstream", required=True, metavar="URL")
    arguments = parser.parse_args()

    loop = asyncio.get_running_loop()
    server = FaultServer(arguments.upstream)
    listener = await loop.create_server(
        lambda: asyncio.StreamReaderProtocol(ClientReader(limit=LONGEST_HEAD), server.serve),
        host="127.0.0.1",
        port=arguments.listen,
    )
    print(listener.sockets[0].getsockname()[1], flush=True)

    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    ends = [asyncio.ensure_future(stopped.wait()), asyncio.ensure_future(until_orphaned())]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
