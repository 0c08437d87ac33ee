"""Enqueues and works with the Python library sqjobs.

    original_library.py produce QUEUE COUNT     enqueues jobs; prints {"id", "number"} for each
    original_library.py work QUEUE              works until it is killed; prints {"id", "name", "args", "kwargs"} for
                                                each job that it ran; of a periodic one also {"programmed",
                                                "is_delayed"}, by the keywords that the library's own periodic jobs have

Where SQS is, and who one is there, comes from AWS's own variables.
"""
import ast
import datetime
import json
import os
import pathlib
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


def periodic_keywords():
    """The names in the library's class PeriodicJob, whose module cannot be imported without Django."""
    models = pathlib.Path(sqjobs.__file__).parent / "contrib/django/djsqjobs/models.py"
    classes = [node for node in ast.parse(models.read_text()).body if isinstance(node, ast.ClassDef)]
    periodic = next(node for node in classes if node.name == "PeriodicJob")
    constants = [node for node in periodic.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)]
    names = {node.targets[0].id: node.value.value for node in constants}
    return names["PROGRAMMED_DATE"], names["DELAYED_JOB"]


class TickJob(sqjobs.Job):
    name = "tick_job"

    def run(self, *args, **kwargs):
        programmed_date, delayed_job = periodic_keywords()
        programmed = datetime.datetime.fromisoformat(kwargs[programmed_date])
        report = {
            "id": self.id, "name": self._task_name(), "args": args, "kwargs": kwargs,
            "programmed": programmed.timestamp(), "offset": programmed.utcoffset().total_seconds(),
            "is_delayed": kwargs.get(delayed_job, False),
        }
        print(json.dumps(report), flush=True)


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
    for job in (NumbersJob, LetterJob, TickJob):
        worker.register_job(job)
    worker.run()


{"produce": produce, "work": work}[sys.argv[1]](*sys.argv[2:])
