import Foundation
import SQJobsCore

/// What a beater does next: a plain value without clock, I/O or `await`.
///
/// It is *beating*, until the store says what came of it, or *sleeping*, until the time is over or something wakes it; from
/// both it can become *stopped*, which it stays.
struct BeaterStateMachine {
    /// What the beater is at.
    enum State: Hashable {
        case beating
        case sleeping
        case stopped
    }

    /// What the shell is to do.
    enum Action: Hashable {
        /// Take what is due.
        case beat
        /// Do nothing for a time.
        case sleep(Duration)
        /// Return.
        case finish
    }

    private(set) var state = State.beating
    private let interval: Duration
    private let batch: Int
    private var failures = 0

    private static let firstPause = Duration.milliseconds(200)
    /// A schedule never fires twice in a second: a shorter sleep than this gains nothing.
    private static let shortestPause = Duration.milliseconds(1)

    init(interval: Duration, batch: Int) {
        self.interval = interval
        self.batch = batch
    }

    /// Whether the failure that comes next is the first in a row, which is worth a line in the log.
    var isFirstFailure: Bool { failures == 0 }

    /// A beat was written.
    mutating func beatEnded(_ report: BeatReport, at now: Date) -> Action {
        failures = 0
        guard state != .stopped else { return .finish }
        // As many as were asked for: there may be more.
        guard report.schedules < batch else { return .beat }
        state = .sleeping
        guard let next = report.nextAt else { return .sleep(interval) }
        return .sleep(min(interval, max(Self.shortestPause, .seconds(next.timeIntervalSince(now)))))
    }

    /// The store could not serve.
    mutating func beatFailed() -> Action {
        guard state != .stopped else { return .finish }
        state = .sleeping
        let doublings = min(failures, 16)
        failures += 1
        return .sleep(min(interval, Self.firstPause * (1 << doublings)))
    }

    /// The sleep is over.
    mutating func woke() -> Action {
        guard state != .stopped else { return .finish }
        state = .beating
        return .beat
    }

    /// Somebody wants the beater to stop; what it is at may end.
    mutating func stop() {
        state = .stopped
    }
}
