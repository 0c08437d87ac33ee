"""Which requests are to fail and how, and what was asked of the server."""

import collections
import dataclasses
import time

ANY_ACTION = "*"


@dataclasses.dataclass
class Rule:
    """One entry of a plan: the fault strikes `times` requests of an action (all when None), after leaving `skip` alone."""

    fault: str
    action: str = ANY_ACTION
    times: int | None = 1
    skip: int = 0

    def matches(self, action: str) -> bool:
        return self.action in (ANY_ACTION, action) and self.times != 0


class Plan:
    """The rules in their order: the first one that still has something to do with an action rules a request of it."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def replace(self, entries: list[dict]) -> None:
        self.rules = [Rule(**entry) for entry in entries]

    def take(self, action: str) -> Rule | None:
        rule = next((rule for rule in self.rules if rule.matches(action)), None)
        if rule is None:
            return None
        if rule.skip > 0:
            rule.skip -= 1
            return None
        if rule.times is not None:
            rule.times -= 1
        return rule

    def give_back(self, rule: Rule) -> None:
        """The request gave the fault nothing to strike (a receive without a message): it waits for another."""
        if rule.times is not None:
            rule.times += 1


class Counts:
    """Requests by action, the most that came within any one second, and the faults that struck."""

    def __init__(self) -> None:
        self.requests: collections.Counter[str] = collections.Counter()
        self.faults: collections.Counter[str] = collections.Counter()
        self.peaks: dict[str, int] = {}
        self.last_second: dict[str, collections.deque[float]] = collections.defaultdict(collections.deque)

    def add(self, action: str) -> None:
        self.requests[action] += 1
        now = time.monotonic()
        for name in (action, ANY_ACTION):
            times = self.last_second[name]
            times.append(now)
            while times[0] <= now - 1:
                times.popleft()
            self.peaks[name] = max(self.peaks.get(name, 0), len(times))

    def described(self) -> dict:
        return {"requests": self.requests, "peak_per_second": self.peaks, "faults": self.faults}
