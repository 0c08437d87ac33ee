import Synchronization

/// One execution's hold on its message, as the execution sees it.
final class WorkerLease: ExecutionLease {
    private struct State {
        var cancellation: CancellationReason?
        var task: Task<JobOutcome, Never>?
        var timeout: Task<Void, Never>?
        var settled: CheckedContinuation<Bool, Never>?
    }

    let id: LeaseID
    let delivery: Delivery
    private let session: WorkerSession
    private let began: Duration
    private let state = Mutex(State())

    init(_ id: LeaseID, _ delivery: Delivery, began: Duration, session: WorkerSession) {
        self.id = id
        self.delivery = delivery
        self.began = began
        self.session = session
    }

    var cancellation: CancellationReason? { state.withLock { $0.cancellation } }

    func runCancellably(_ work: @escaping @Sendable () async -> JobOutcome) async -> JobOutcome {
        let task = Task(executorPreference: session.threads) { await work() }
        let isCancelled = state.withLock { state in
            state.task = task
            return state.cancellation != nil
        }
        if isCancelled { task.cancel() }
        return await task.value
    }

    func cancel(_ reason: CancellationReason) {
        let task = state.withLock { state in
            if state.cancellation == nil { state.cancellation = reason }
            return state.task
        }
        task?.cancel()
    }

    func cancel(after timeout: Duration) {
        let clock = session.clock
        let timer = Task { [weak self] in
            guard (try? await clock.sleep(timeout)) != nil else { return }
            self?.cancel(.timeout)
        }
        state.withLock { $0.timeout = timer }
    }

    func extend(by duration: Duration) async throws {
        try await session.extend(self, by: duration)
    }

    func settle(_ settlement: Settlement) async -> Bool {
        await withCheckedContinuation { continuation in
            let timeout = state.withLock { state in
                state.settled = continuation
                defer { state.timeout = nil }
                return state.timeout
            }
            timeout?.cancel()
            session.ran(self, settlement, took: session.clock.elapsed() - began)
        }
    }

    /// The settlement came to an end; called once at most.
    func settled(_ isDone: Bool) {
        state.withLock { state in
            defer { state.settled = nil }
            return state.settled
        }?.resume(returning: isDone)
    }
}
