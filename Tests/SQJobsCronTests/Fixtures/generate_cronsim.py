#!/usr/bin/env python3
"""Writes cronsim.json: what cronsim, which follows Debian's cron, says to random expressions.

    pip install cronsim==2.8 tzdata
    python3 generate_cronsim.py > cronsim.json

Each line is [expression, time zone, start, next firings, previous firings], times in seconds from 1970 UTC.

Only constructs that both have are generated: no wrapping ranges, `nW`, `L-n`, `H`, macros or names before `L` and `#`,
and no `a-a/n`, which cronsim reads as `a/n`. Years are 1990 to 2021, where time zone databases agree.

Where cronsim departs from the rules that it follows elsewhere, the case is left out, and `SKIPPED` says why.
"""

import json
import random
import signal
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

SEED = 20_260_329
CASES = 2_400
FIRINGS = 4

ZONES = [
    "UTC", "UTC", "Europe/Madrid", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
    "America/Sao_Paulo", "Asia/Tehran", "Africa/Casablanca", "Asia/Kathmandu", "America/St_Johns",
]  # fmt: skip
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
DAYS = "SUN MON TUE WED THU FRI SAT".split()
LIMITS = {"second": (0, 59), "minute": (0, 59), "hour": (0, 23), "day": (1, 31), "month": (1, 12), "weekday": (0, 7)}
STARS = {"second": 30, "minute": 30, "hour": 40, "day": 55, "month": 70, "weekday": 55}

SKIPPED = {
    "ambiguous": "a fixed schedule from a start that the clock shows twice: cronsim forgets which of the two it was",
    "seconds": "a fixed schedule with seconds where clocks change: cronsim has fixed schedules of five fields only",
    "midnight": "a wildcard schedule where a day does not begin at midnight: cronsim restarts a day at 00:00, which "
    "such a day does not have, and goes on from the wrong instant",
    "off the hour": "a wildcard schedule where the clock changes by half an hour, or not at a full hour: cronsim goes on in "
    "steps of an hour from there, and misses what comes between the full hour and its step",
    "endless": "cronsim has not answered within seconds",
}


class Endless(Exception):
    """cronsim goes round in circles."""


def give_up(signum, frame):
    raise Endless


def value(rng, field):
    low, high = LIMITS[field]
    if field == "hour" and rng.random() < 0.5:
        high = 4
    number = rng.randint(low, high)
    names = {"month": MONTHS, "weekday": DAYS}.get(field)
    if names and rng.random() < 0.3:
        return number, names[number - 1 if field == "month" else number % 7]
    return number, f"{number:0{rng.choice([1, 1, 1, 2])}d}"


def item(rng, field):
    kind = rng.random()
    if field == "day" and kind < 0.25:
        return rng.choice(["L", "LW"])
    if field == "weekday" and kind < 0.3:
        day = rng.randint(0, 7)
        return rng.choice([f"{day}L", f"{day}#{rng.randint(1, 5)}"])
    first, text = value(rng, field)
    if kind < 0.65:
        return text
    if kind < 0.75:
        return f"{text}/{rng.randint(1, LIMITS[field][1])}"
    last, last_text = value(rng, field)
    # A name for 7 would be Sunday as 0 and make the range wrap.
    if last <= first or (field == "weekday" and (text == "SUN" or last_text == "SUN")):
        return str(first)
    return f"{text}-{last_text}" + (f"/{rng.randint(1, 9)}" if rng.random() < 0.4 else "")


def word(rng, field):
    if rng.random() * 100 < STARS[field]:
        return "*" if rng.random() < 0.7 else f"*/{rng.randint(1, LIMITS[field][1])}"
    count = 1 if rng.random() < 0.65 else rng.randint(2, 4)
    return ",".join(item(rng, field) for _ in range(count))


def transitions(zone):
    """The hours of 1990 to 2021 in which the zone's offset changes."""
    found = []
    at = datetime(1990, 1, 1, tzinfo=timezone.utc)
    offset = at.astimezone(zone).utcoffset()
    while at.year < 2021:
        at += timedelta(hours=1)
        current = at.astimezone(zone).utcoffset()
        if current != offset:
            found.append(at)
            offset = current
    return found


def is_ambiguous(local):
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def days_begin_at_midnight(zone, changes):
    for change in changes:
        for day in range(-2, 3):
            midnight = (change.astimezone(zone) + timedelta(days=day)).replace(hour=0, minute=0, second=0, fold=0)
            if is_ambiguous(midnight) or midnight.astimezone(timezone.utc).astimezone(zone) != midnight:
                return False
    return True


def change_from_hour_to_hour(zone, changes):
    for change in changes:
        before, after = (change - timedelta(hours=1)).astimezone(zone), change.astimezone(zone)
        if after.minute or (after.utcoffset() - before.utcoffset()) % timedelta(hours=1):
            return False
    return True


def firings(expression, start, reverse):
    iterator = CronSim(expression, start, reverse=reverse)
    return [date.astimezone(timezone.utc) for _, date in zip(range(FIRINGS), iterator)]


def case(rng, changes):
    name = rng.choice(ZONES)
    zone = ZoneInfo(name)
    with_seconds = rng.random() < 0.2
    words = [word(rng, field) for field in (list(LIMITS) if with_seconds else list(LIMITS)[1:])]
    expression = " ".join(words)
    is_fixed = not any(text.startswith("*") for text in words[: len(words) - 3])
    if changes[name] and rng.random() < 0.7:
        start = rng.choice(changes[name]) + timedelta(minutes=rng.randint(-2_000, 2_000))
    else:
        start = datetime(1990, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=rng.randint(0, 31 * 365 * 1_440))
    if name != "UTC":
        if is_fixed and is_ambiguous(start.astimezone(zone)):
            return "ambiguous"
        if is_fixed and with_seconds:
            return "seconds"
    # cronsim treats UTC itself apart, and faster.
    local = start if name == "UTC" else start.astimezone(zone)
    signal.alarm(5)
    try:
        following, preceding = firings(expression, local, False), firings(expression, local, True)
    except Endless:
        return "endless"
    except CronSimError:  # an impossible date
        return None
    finally:
        signal.alarm(0)
    if not following or not preceding or not 1980 < preceding[-1].year or not following[-1].year < 2022:
        return None
    if name != "UTC" and not is_fixed:
        first, last = preceding[-1] - timedelta(days=2), following[-1] + timedelta(days=2)
        near = [change for change in changes[name] if first < change < last]
        if not days_begin_at_midnight(zone, near):
            return "midnight"
        if not change_from_hour_to_hour(zone, near):
            return "off the hour"
    stamps = [[int(date.timestamp()) for date in dates] for dates in (following, preceding)]
    return [expression, name, int(start.timestamp()), *stamps]


def main():
    rng = random.Random(SEED)
    signal.signal(signal.SIGALRM, give_up)
    changes = {name: transitions(ZoneInfo(name)) if name != "UTC" else [] for name in set(ZONES)}
    cases, skipped = [], dict.fromkeys(SKIPPED, 0)
    while len(cases) < CASES:
        found = case(rng, changes)
        if isinstance(found, str):
            skipped[found] += 1
        elif found:
            cases.append(found)
    print("[\n" + ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases) + "\n]")
    print({SKIPPED[reason]: count for reason, count in skipped.items()}, file=sys.stderr)


main()
