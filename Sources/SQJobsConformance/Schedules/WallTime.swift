import SQJobsPeriodic
import Synchronization

import struct Foundation.Date

/// A wall clock that a case sets as it likes, beside the harness's own time, which only grows.
final class WallTime: Sendable {
    private let date: Mutex<Date>

    init(_ date: Date) {
        self.date = Mutex(date)
    }

    var now: Date {
        get { date.withLock { $0 } }
        set { date.withLock { $0 = newValue } }
    }

    func clock(like other: JobClock) -> JobClock {
        JobClock(now: { self.now }, elapsed: other.elapsed, sleep: other.sleep)
    }
}
