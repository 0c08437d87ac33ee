import Foundation
import SQJobsCore
import Synchronization

/// A clock that stands still but for the waits, which end at once and are kept.
final class TestClock: Sendable {
    private struct State {
        var elapsed = Duration.zero
        var elapsedReads = 0
        var waits: [Duration] = []
    }

    private let state = Mutex(State())
    private let start: Date

    init(_ start: Date = Date(timeIntervalSince1970: 1_700_000_000)) {
        self.start = start
    }

    /// The waits so far.
    var waits: [Duration] { state.withLock { $0.waits } }

    /// How often somebody has asked for the elapsed time.
    var elapsedReads: Int { state.withLock { $0.elapsedReads } }

    /// Moves the time on.
    func advance(by time: Duration) {
        state.withLock { $0.elapsed += time }
    }

    var clock: JobClock {
        JobClock(
            now: { self.start.addingTimeInterval(self.state.withLock { $0.elapsed / .seconds(1) }) },
            elapsed: {
                self.state.withLock { state in
                    state.elapsedReads += 1
                    return state.elapsed
                }
            },
            sleep: { wait in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.elapsed += wait
                    state.waits.append(wait)
                }
            })
    }
}
