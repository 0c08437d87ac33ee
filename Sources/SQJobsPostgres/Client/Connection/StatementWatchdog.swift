import SQJobsCore
import Synchronization

/// Sees to it that a connection's statement ends: cancels it at the server when its time is over or its task is
/// cancelled, and gives the connection up when the server doesn't answer even then.
final class StatementWatchdog: Sendable {
    /// Why a statement was to end.
    enum Interruption: Sendable {
        case cancelled
        case timedOut
    }

    /// `idle` → `running` → `interrupted` → `abandoned`; each ends as `idle`.
    private enum Phase {
        case idle
        case running
        case interrupted(Interruption)
        case abandoned(Interruption)
    }

    private struct State {
        var phase = Phase.idle
        /// Counts the statements, so that a cancellation that comes late hits nothing.
        var number = 0
        var deadline = Duration.zero
    }

    private let watch: SocketWatch
    private let canceller: LibpqCanceller
    private let clock: JobClock
    private let timer: DeadlineTimer
    private let state = Mutex(State())

    /// How long the server may take to answer after it was asked to cancel.
    private static let grace = Duration.seconds(5)

    init(_ watch: SocketWatch, _ canceller: LibpqCanceller, clock: JobClock) {
        self.watch = watch
        self.canceller = canceller
        self.clock = clock
        timer = DeadlineTimer(clock: clock)
    }

    /// A statement begins.
    ///
    /// - Returns: Its number, to cancel it by.
    func begin(_ timeout: Duration) -> Int {
        let deadline = clock.elapsed() + timeout
        let number = state.withLock { state in
            state.phase = .running
            state.deadline = deadline
            state.number += 1
            return state.number
        }
        arm(deadline)
        return number
    }

    /// The task that waits for a statement was cancelled.
    func cancel(_ number: Int) {
        let deadline = state.withLock { state -> Duration? in
            guard state.number == number, case .running = state.phase else { return nil }
            return interrupt(&state, .cancelled)
        }
        if let deadline { arm(deadline) }
    }

    /// Whether the server had its time to answer.
    var isAbandoned: Bool {
        state.withLock { state in
            if case .abandoned = state.phase { true } else { false }
        }
    }

    /// The statement is over.
    ///
    /// - Returns: Why it was to end early; nil when nobody wanted that.
    func end() -> Interruption? {
        state.withLock { state in
            defer { state.phase = .idle }
            return switch state.phase {
            case .idle, .running: nil
            case .interrupted(let interruption), .abandoned(let interruption): interruption
            }
        }
    }

    private func arm(_ deadline: Duration) {
        timer.arm(deadline) { [weak self] in self?.ring() }
    }

    private func ring() -> Duration? {
        state.withLock { state in
            let isDue = clock.elapsed() >= state.deadline
            switch state.phase {
            case .idle, .abandoned: return nil
            case .running: return isDue ? interrupt(&state, .timedOut) : state.deadline
            case .interrupted(let interruption):
                guard isDue else { return state.deadline }
                state.phase = .abandoned(interruption)
                watch.interrupt()
                return nil
            }
        }
    }

    private func interrupt(_ state: inout State, _ interruption: Interruption) -> Duration {
        state.phase = .interrupted(interruption)
        state.deadline = clock.elapsed() + Self.grace
        canceller.cancel()
        return state.deadline
    }
}
