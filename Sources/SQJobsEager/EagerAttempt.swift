import SQJobsCore
import Synchronization

/// One attempt in place. The job has a task of its own, so that its time-out cancels the job and not the caller.
final class EagerAttempt: ExecutionLease {
    private struct State {
        var task: Task<JobOutcome, Never>?
        var timer: Task<Void, Never>?
        var reason: CancellationReason?
        var isOver = false
    }

    private let clock: JobClock
    private let state = Mutex(State())

    init(clock: JobClock) {
        self.clock = clock
    }

    var cancellation: CancellationReason? {
        state.withLock(\.reason)
    }

    func runCancellably(_ work: @escaping @Sendable () async -> JobOutcome) async -> JobOutcome {
        let task = Task { await work() }
        state.withLock { state in
            state.task = task
            if state.reason != nil { task.cancel() }
        }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            cancel(.shutdown)
        }
    }

    func cancel(_ reason: CancellationReason) {
        state.withLock { state in
            guard !state.isOver, state.reason == nil else { return }
            state.reason = reason
            state.task?.cancel()
        }
    }

    /// Nobody waits for a place.
    func leavePlace() {}

    func cancel(after timeout: Duration) {
        let timer = Task { [clock] in
            guard (try? await clock.sleep(timeout)) != nil else { return }
            cancel(.timeout)
        }
        state.withLock { $0.timer = timer }
    }

    /// Nobody else can take the message.
    func extend(by duration: Duration) async throws {}

    /// There is no queue to settle with; the attempt is over.
    func settle(_ settlement: Settlement) async -> Bool {
        state.withLock { state in
            state.isOver = true
            state.timer?.cancel()
        }
        return true
    }
}
