"""Enqueues and works with the Python library sqjobs.

    original_library.py produce QUEUE COUNT     enqueues jobs; prints {"id", "number"} for each
    original_library.py work QUEUE              works until it is killed; prints {"id", "name", "args", "kwargs"} for
                                                each job that it ran

Where SQS is, and who one is there, comes from AWS's own variables.
"""
import datetime
import json
import os
import sys
import threading
import time

import sqjobs


class Reporter(sqjobs.Job):
    abstract = True

    def run(self, *args, **kwargs):
        report = {"id": self.id, "name": self._task_name(), "args": args, "kwargs": kwargs}
        print(json.dumps(report), flush=True)


class NumbersJob(Reporter):
    abstract = False
    name = "numbers_job"


class LetterJob(Reporter):
    abstract = False
    name = "letter_job"


def end_with(parent):
    """Ends this process soon after the one that started it, which may have been killed without a chance to see to it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def connection():
    return {
        "access_key": os.environ["AWS_ACCESS_KEY_ID"],
        "secret_key": os.environ["AWS_SECRET_ACCESS_KEY"],
        "region_name": os.environ["AWS_REGION"],
        "endpoint_url": os.environ["AWS_ENDPOINT_URL_SQS"],
    }


def produce(queue, count):
    broker = sqjobs.create_sqs_broker(**connection())
    day = datetime.datetime(2024, 2, 29, 12, 30)
    for number in range(int(count)):
        if number % 2 == 0:
            result = broker.add_job(NumbersJob, number, number + 1, queue_name=queue)
        else:
            result = broker.add_job(LetterJob, "Ana ☕", number=number, sent=day, queue_name=queue)
        print(json.dumps({"id": result.job_id, "number": number}), flush=True)


def work(queue):
    threading.Thread(target=end_with, args=[os.getppid()], daemon=True).start()
    broker = sqjobs.create_sqs_broker(**connection())
    worker = sqjobs.worker.Worker(broker, queue, timeout=1)
    for job in (NumbersJob, LetterJob):
        worker.register_job(job)
    worker.run()


{"produce": produce, "work": work}[sys.argv[1]](*sys.argv[2:])
