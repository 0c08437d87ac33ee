import Synchronization

/// One execution's hold on its message, as the execution sees it.
final class WorkerLease: ExecutionLease {
    private struct State {
        var cancellation: CancellationReason?
        var task: Task<JobOutcome, Never>?
        /// The job's task while it has not suspended for the first time.
        var beginning: BeginningTask?
        var timeout: Task<Void, Never>?
        var settled: CheckedContinuation<Bool, Never>?
    }

    let id: LeaseID
    let delivery: Delivery
    /// The place of its queue in the worker's list.
    let queue: Int
    private let session: WorkerSession
    private let began: Duration
    private let state = Mutex(State())

    init(_ id: LeaseID, _ delivery: Delivery, queue: Int, began: Duration, session: WorkerSession) {
        self.id = id
        self.delivery = delivery
        self.queue = queue
        self.began = began
        self.session = session
    }

    var cancellation: CancellationReason? { state.withLock { $0.cancellation } }

    func runCancellably(_ work: @escaping @Sendable () async -> JobOutcome) async -> JobOutcome {
        let task = start(work)
        let isCancelled = state.withLock { state in
            state.task = task
            state.beginning = nil
            return state.cancellation != nil
        }
        if isCancelled { task.cancel() }
        return await task.value
    }

    /// Starts the job in a task of its own, which begins on this thread, for a hop to another costs more than many a job.
    private func start(_ work: @escaping @Sendable () async -> JobOutcome) -> Task<JobOutcome, Never> {
        guard #available(macOS 26, *) else { return Task(executorPreference: session.threads) { await work() } }
        return Task.immediate(executorPreference: session.threads) { [self] in
            withUnsafeCurrentTask { task in
                let beginning = task.map(BeginningTask.init)
                state.withLock { $0.beginning = beginning }
            }
            return await work()
        }
    }

    func cancel(_ reason: CancellationReason) {
        let task = state.withLock { state in
            if state.cancellation == nil { state.cancellation = reason }
            state.beginning?.task.cancel()
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

    func leavePlace() {
        session.returned(self, took: session.clock.elapsed() - began)
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

/// A task that its creator has no handle of yet, because it runs on the creator's thread.
private struct BeginningTask: @unchecked Sendable {
    // Sendable: it is only ever cancelled, which any thread may do, and under the lease's lock. The task is there for as
    // long: `Task.immediate` holds it until it returns the handle, which is kept while this is taken away. To cancel a task
    // that is over does nothing.
    let task: UnsafeCurrentTask
}
