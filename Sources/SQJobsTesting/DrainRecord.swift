import SQJobsCore
import Synchronization

/// Writes down the attempts of a ``DrainingWorker``, and whether one is under way.
final class DrainRecord: ExecutionMiddleware {
    private struct State {
        var attempts: [DrainedAttempt] = []
        var running: [String: Duration] = [:]
        var changes = 0
    }

    private let state = Mutex(State())

    /// The attempts that ended, in that order.
    var attempts: [DrainedAttempt] { state.withLock(\.attempts) }

    /// Whether no attempt is under way.
    var isIdle: Bool { state.withLock(\.running.isEmpty) }

    /// Grows with every attempt that begins or ends.
    var changes: Int { state.withLock(\.changes) }

    /// How long the attempt runs that began first, of those that are under way.
    func longestRun(at now: Duration) -> Duration {
        state.withLock { state in state.running.values.min().map { now - $0 } ?? .zero }
    }

    func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        let run = "\(context.id) \(context.attempt)"
        state.withLock { state in
            state.running[run] = JobClock.system.elapsed()
            state.changes += 1
        }
        let outcome = await next()
        state.withLock { state in
            state.running[run] = nil
            state.changes += 1
            state.attempts.append(
                DrainedAttempt(
                    id: context.id, name: context.name, queue: context.queue, attempt: context.attempt,
                    outcome: outcome))
        }
        return outcome
    }
}
