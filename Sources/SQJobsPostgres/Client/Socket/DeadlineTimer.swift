import SQJobsCore
import Synchronization

/// One sleeping task for any number of deadlines that come and go.
///
/// Nearly all of them are over long before their time. A timer that was set for an earlier one finds out when it rings,
/// and goes on to the deadline that counts by then, so that setting one costs next to nothing.
final class DeadlineTimer: Sendable {
    private struct State {
        var deadline: Duration?
        var task: Task<Void, Never>?
        /// Counts the tasks, so that one that was replaced changes nothing.
        var number = 0
    }

    private let clock: JobClock
    private let state = Mutex(State())

    init(clock: JobClock) {
        self.clock = clock
    }

    deinit {
        state.withLock { $0.task }?.cancel()
    }

    /// Makes sure that somebody looks at a deadline.
    ///
    /// - Parameters:
    ///   - deadline: When, on the clock's elapsed time.
    ///   - ring: Does what is due and returns the next deadline; nil when there is none. It must not arm the timer.
    func arm(_ deadline: Duration, ring: @escaping @Sendable () -> Duration?) {
        state.withLock { state in
            if let next = state.deadline, next <= deadline { return }
            state.deadline = deadline
            state.number += 1
            state.task?.cancel()
            state.task = Task { [weak self, clock, number = state.number] in
                var next = deadline
                while (try? await clock.sleep(next - clock.elapsed())) != nil {
                    guard let later = self?.ring(number, ring) else { return }
                    next = later
                }
            }
        }
    }

    /// Under the lock, so that a deadline which comes meanwhile is not lost.
    private func ring(_ number: Int, _ ring: () -> Duration?) -> Duration? {
        state.withLock { state in
            guard state.number == number else { return nil }
            state.deadline = ring()
            return state.deadline
        }
    }
}
