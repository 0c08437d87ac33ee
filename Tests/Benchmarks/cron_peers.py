"""Measures cronsim and croniter for cron-bench: reads its cases from standard input, and writes nanoseconds
of processor time as JSON.

    pip install cronsim==2.8 croniter tzdata
"""

import json
import sys
import time
from datetime import datetime, timezone
from importlib.metadata import version
from zoneinfo import ZoneInfo

from croniter import croniter
from cronsim import CronSim

PARSES = 300


def cronsim(expression, start):
    iterator = CronSim(expression, start)
    return lambda: next(iterator)


def croniter_(expression, start):
    iterator = croniter(expression, start, ret_type=datetime, max_years_between_matches=100)
    return lambda: iterator.get_next()


def measure(make, expression, zone, starts, count, repeats):
    dates = [datetime.fromtimestamp(start, timezone.utc) for start in starts]
    if zone != "UTC":
        dates = [date.astimezone(ZoneInfo(zone)) for date in dates]
    nexts, parses, last = [], [], 0
    for _ in range(repeats):
        iterators = [make(expression, date) for date in dates]
        begin = time.thread_time_ns()
        for step in iterators:
            for _ in range(count):
                date = step()
        nexts.append((time.thread_time_ns() - begin) / (len(dates) * count))
        last = date.timestamp()
        begin = time.thread_time_ns()
        for _ in range(PARSES):
            make(expression, dates[0])
        parses.append((time.thread_time_ns() - begin) / PARSES)
    return {"next": nexts, "parse": parses, "last": last}


def main():
    job = json.load(sys.stdin)
    results = []
    for case in job["cases"]:
        common = (case["zone"], case["starts"], case["count"], job["repeats"])
        result = {"cronsim": measure(cronsim, case["expression"], *common)}
        # croniter writes the last Friday as L5, and has no last working day.
        if case.get("croniter"):
            result["croniter"] = measure(croniter_, case["croniter"], *common)
        results.append(result)
    versions = {name: version(name) for name in ("cronsim", "croniter")}
    json.dump({"versions": versions, "cases": results}, sys.stdout)


main()
