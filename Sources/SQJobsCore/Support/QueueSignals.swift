import Synchronization

/// Tells receives that wait of changes of their queues: what the copies of one broker share.
package final class QueueSignals: Sendable {
    private struct Waiter {
        /// The queue; `nil` for whoever waits for a change of all.
        let queue: QueueName?
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var changes: [QueueName: Int] = [:]
        var changesOfAll = 0
        var waiters: [Int: Waiter] = [:]
        var lastID = 0
        var isShutDown = false

        func count(of queue: QueueName?) -> Int { (queue.map { changes[$0, default: 0] } ?? 0) + changesOfAll }
    }

    private let state = Mutex(State())

    package init() {}

    /// How many changes of a queue there were: what ``waitForChange(of:since:)`` compares with.
    package func changes(of queue: QueueName) -> Int {
        state.withLock { $0.count(of: queue) }
    }

    /// How often any queue may have changed: what ``waitForAnyChange(since:)`` compares with.
    package var changesOfAll: Int { state.withLock(\.changesOfAll) }

    /// A queue changed: there may be something to receive.
    package func wake(_ queue: QueueName) {
        let woken = state.withLock { state in
            state.changes[queue, default: 0] += 1
            let woken = state.waiters.filter { $0.value.queue == queue }
            for id in woken.keys { state.waiters[id] = nil }
            return woken
        }
        for waiter in woken.values { waiter.continuation.resume() }
    }

    /// Any queue may have changed.
    package func wakeAll() {
        let woken = state.withLock { state in
            state.changesOfAll += 1
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in woken.values { waiter.continuation.resume() }
    }

    /// Ends every wait with an error, and refuses further ones.
    package func shutDown() {
        let left = state.withLock { state in
            state.isShutDown = true
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in left.values { waiter.continuation.resume(throwing: Self.isOver) }
    }

    /// - Throws: ``SQJobsError`` with code `shuttingDown` after ``shutDown()``.
    package func requireOpen() throws {
        guard state.withLock({ !$0.isShutDown }) else { throw Self.isOver }
    }

    /// Waits for the next change of a queue, or not at all if there was one already.
    ///
    /// - Parameters:
    ///   - queue: The queue.
    ///   - count: The number of changes that are known.
    ///   - limit: How long to wait at most.
    ///   - clock: What measures it.
    package func waitForChange(
        of queue: QueueName, since count: Int, atMost limit: Duration, clock: JobClock
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.waitForChange(of: queue, since: count) }
            group.addTask { try await clock.sleep(limit) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Waits until any queue may have changed, or not at all if one may have since.
    ///
    /// - Parameter count: The number of such changes that are known.
    package func waitForAnyChange(since count: Int) async throws {
        try await waitForChange(of: nil, since: count)
    }

    private func waitForChange(of queue: QueueName?, since count: Int) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.isShutDown { return .failure(Self.isOver) }
                    if state.count(of: queue) != count { return .success(()) }
                    state.waiters[id] = Waiter(queue: queue, continuation: continuation)
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    private static var isOver: SQJobsError {
        SQJobsError(.shuttingDown, "The broker was shut down: make another one.")
    }
}
