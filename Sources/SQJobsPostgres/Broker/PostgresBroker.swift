public import SQJobsCore

/// A PostgreSQL database as the broker: the contract of Amazon SQS, on a server that the app has anyway.
///
/// ```swift
/// let store = try await PostgresStore(url: "postgres://app@db.example.com/shop")
/// try await store.migrate()
/// let broker = store.broker
/// try await broker.administration?.create("mail", QueueSettings())
/// ```
///
/// Beside what SQS can do, delays may have any length, queues without order have priorities, queues can be paused, and any
/// client of the database enqueues in its own transaction with
/// `SELECT sqjobs.sqjobs_enqueue('mail', 'send_ticket', '[1, 2]', '{}')`. Dead messages stay in the database, with the
/// reason of their death. Times are the database's.
public struct PostgresBroker: Broker {
    /// What an enqueued job passes through on its way to the queue, outermost first.
    public var enqueueMiddleware: [any EnqueueMiddleware] = .standard
    /// What measures waits.
    public let clock: JobClock
    let queues: PostgresQueues
    private let sender: PostgresSender

    init(_ queues: PostgresQueues, _ sender: PostgresSender, clock: JobClock) {
        self.queues = queues
        self.sender = sender
        self.clock = clock
    }

    /// The store's database.
    public var storage: StorageIdentity? { StorageIdentity(queues) }

    /// Lists, makes, counts, pauses and purges queues, and sees to their dead messages.
    public var administration: (any QueueAdministration)? { PostgresAdministration(queues: queues) }

    /// What a queue can do.
    public func capabilities(of queue: QueueName) async throws -> QueueCapabilities {
        try await queues.using(queue) { Self.capabilities(of: $0.settings) }
    }

    /// Puts messages on a queue; single ones that come at the same time share statements.
    public func send(
        _ messages: [OutgoingMessage], to queue: QueueName
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let isOrdered = try await queues.using(queue) { $0.settings.isOrdered }
        let refusals = messages.map { $0.refusal(by: queue, isOrdered: isOrdered) }
        let fit = zip(messages, refusals).filter { $1 == nil }.map(\.0)
        var answers = await sender.send(fit, to: queue)[...]
        // A queue that is gone has no messages of its own to speak of.
        if case .failure(let error) = answers.first, error.code == .queueDoesNotExist { throw error }
        return refusals.map { refusal in
            refusal.map { .failure($0) } ?? answers.popFirst() ?? .failure(.unanswered(queue))
        }
    }

    /// Takes messages; waits for the first until it is notified.
    public func receive(
        from queue: QueueName, count: Int, wait: Duration, visibility: Duration
    ) async throws -> [Delivery] {
        let deadline = clock.elapsed() + min(wait, Self.longestWait)
        try Task.checkCancellation()
        let count = min(count, Self.batchSize)
        var nap = QueueNap()
        while true {
            let changes = queues.signals.changes(of: queue)
            // Whoever was woken looks no further: there most likely is a message, and it waits.
            var deliveries = try await queues.claim(count, from: queue, visibility: visibility)
            guard deliveries.isEmpty, count > 0 else { return deliveries }
            let left = deadline - clock.elapsed()
            let outlook = try await queues.outlook(of: queue, isWaiting: left > .zero)
            if outlook.next == .zero {
                deliveries = try await queues.claim(count, from: queue, visibility: visibility)
                guard deliveries.isEmpty else { return deliveries }
            }
            guard left > .zero else { return [] }
            let limit = min(nap.next(outlook), left)
            try await queues.signals.waitForChange(of: queue, since: changes, atMost: limit, clock: clock)
            try Task.checkCancellation()
        }
    }

    /// Holds deliveries for longer.
    public func extend(
        _ deliveries: [Delivery], by duration: Duration
    ) async throws -> [Result<Void, SQJobsError>] {
        try await settle(deliveries) { rows, _ in try await rows.extend(deliveries.map { Receipt($0) }, by: duration) }
    }

    /// Puts deliveries back on their queue.
    public func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>] {
        let deliveries = releases.map(\.delivery)
        return try await settle(deliveries) { rows, queue in
            try await rows.release(deliveries.map { Receipt($0) }, after: releases.map(\.delay), to: queue)
        }
    }

    /// Deletes deliveries, also when their leases ran out, as long as nobody else received them.
    public func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>] {
        try await settle(deliveries) { rows, queue in
            try await rows.delete(
                deliveries.map { Receipt($0) }, groups: Set(deliveries.compactMap(\.group)), of: queue)
        }
    }

    /// Puts deliveries among the dead, with the reason.
    public func bury(
        _ deliveries: [Delivery], reason: String
    ) async throws -> [Result<Void, SQJobsError>] {
        try await settle(deliveries) { rows, queue in
            try await rows.bury(
                deliveries.map { Receipt($0) }, reason: reason, groups: Set(deliveries.compactMap(\.group)), of: queue)
        }
    }

    /// Ends every receive that waits, and refuses further calls. The store stays open: it may serve others.
    public func shutdown() async {
        queues.shutDown()
    }

    private func settle(
        _ deliveries: [Delivery], _ settle: @escaping @Sendable (MessageRows, QueueRow) async throws -> Set<Int>
    ) async throws -> [Result<Void, SQJobsError>] {
        guard let name = deliveries.first?.queue else { return [] }
        let done = try await queues.using(name) { try await settle(queues.rows, $0) }
        return deliveries.map { done.contains(Receipt($0).id) ? .success(()) : .failure(.leaseLost($0)) }
    }
}
