import Foundation
import SQJobsCore
import Synchronization

/// A clock that stands still until it is moved; what sleeps on it wakes at once and moves it, or waits to be cancelled.
final class CredentialClock: Sendable {
    private struct State {
        var now: Date
        var elapsed = Duration.zero
        var slept: [Duration] = []
    }

    private let state: Mutex<State>
    private let wakes: Bool

    /// 2026-01-01T00:00:00Z unless told.
    init(now: Date = Date(timeIntervalSince1970: 1_767_225_600), sleepersWake wakes: Bool = true) {
        state = Mutex(State(now: now))
        self.wakes = wakes
    }

    var now: Date { state.withLock { $0.now } }

    /// How long was slept, time by time.
    var slept: [Duration] { state.withLock { $0.slept } }

    func advance(minutes: Double) {
        advance(by: .seconds(minutes * 60))
    }

    func advance(by duration: Duration) {
        state.withLock { state in
            state.now += Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
            state.elapsed += duration
        }
    }

    var clock: JobClock {
        JobClock(
            now: { self.now },
            elapsed: { self.state.withLock { $0.elapsed } },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { $0.slept.append(duration) }
                guard !self.wakes else { return self.advance(by: duration) }
                let (never, _) = AsyncStream<Never>.makeStream()
                for await _ in never {}
                throw CancellationError()
            })
    }
}
