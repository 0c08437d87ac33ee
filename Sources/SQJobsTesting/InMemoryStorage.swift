import SQJobsCore
import Synchronization

/// What the copies of one ``InMemoryBroker`` share: the queues, and who waits for a change in them.
final class InMemoryStorage: Sendable {
    private struct Waiters {
        var changes = 0
        var lastID = 0
        var continuations: [Int: CheckedContinuation<Void, any Error>] = [:]
    }

    private let queues: Mutex<InMemoryQueues>
    private let waiters = Mutex(Waiters())

    init(_ queues: InMemoryQueues) {
        self.queues = Mutex(queues)
    }

    /// How many changes there were: what ``waitForChange(since:)`` compares with.
    var changes: Int {
        waiters.withLock(\.changes)
    }

    /// Looks at the queues or does what wakes nobody.
    func read<Answer: Sendable>(_ body: (inout sending InMemoryQueues) throws -> sending Answer) throws -> Answer {
        try queues.withLock(body)
    }

    /// Changes the queues and wakes every receive that waits, to look again.
    func change<Answer: Sendable>(_ body: (inout sending InMemoryQueues) throws -> sending Answer) throws -> Answer {
        defer { wakeAll() }
        return try queues.withLock(body)
    }

    /// Takes messages, and says when the queue changes next by the mere course of time.
    func take(
        _ count: Int, from queue: QueueName, visibility: Duration, at now: Duration
    ) throws -> (deliveries: [Delivery], next: Duration?) {
        let (taken, next) = try queues.withLock { queues in
            let taken = try queues.take(count, from: queue, visibility: visibility, at: now)
            return (taken, try queues.with(queue) { $0.nextChange(after: now) })
        }
        // Only then: a receive that woke the others each time it looked would never let them rest.
        if taken.buried > 0 { wakeAll() }
        return (taken.deliveries, next)
    }

    /// Waits for the next change, or not at all if there was one already.
    func waitForChange(since count: Int) async throws {
        let id = waiters.withLock { waiters in
            waiters.lastID += 1
            return waiters.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = waiters.withLock { waiters -> Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if waiters.changes != count { return .success(()) }
                    waiters.continuations[id] = continuation
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let waiter = waiters.withLock { $0.continuations.removeValue(forKey: id) }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private func wakeAll() {
        let woken = waiters.withLock { waiters in
            waiters.changes += 1
            defer { waiters.continuations = [:] }
            return Array(waiters.continuations.values)
        }
        for continuation in woken { continuation.resume() }
    }
}
