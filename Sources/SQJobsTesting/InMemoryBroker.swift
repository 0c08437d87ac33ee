public import SQJobsCore

/// A broker in memory, for tests: it keeps every promise of the contract, has Amazon SQS's limits unless told otherwise,
/// and waits only for the clock that it is given.
///
/// ```swift
/// let clock = ManualClock()
/// let broker = try InMemoryBroker("mail", clock: clock.jobClock)
/// try await broker.enqueue(SendTicket.self, ticket)
/// ```
///
/// Copies share their queues. Queues are made beforehand, here or through ``administration``: as on Amazon SQS a name
/// that nobody made is an error. Nothing outlives the process.
public struct InMemoryBroker: Broker {
    /// What an enqueued job passes through on its way to the queue, outermost first.
    public var enqueueMiddleware: [any EnqueueMiddleware] = .standard
    /// The times that dates, delays and leases are reckoned by.
    public let clock: JobClock
    /// Whether statistics tell of messages that are held back: a worker that drains the broker waits for those.
    var countsDelayed = true
    let storage: InMemoryStorage

    /// Makes a broker with queues of one kind.
    ///
    /// - Parameters:
    ///   - queues: The queues' names.
    ///   - settings: What all of them are like.
    ///   - clock: The times to go by: the machine's own, or a ``ManualClock``'s.
    ///   - capabilities: The limits of a queue with given settings; Amazon SQS's unless given.
    public init(
        _ queues: QueueName..., settings: QueueSettings = QueueSettings(), clock: JobClock = .system,
        capabilities: @escaping @Sendable (QueueSettings) -> QueueCapabilities = QueueCapabilities.likeAmazonSQS
    ) throws {
        try self.init(
            queues: Dictionary(queues.map { ($0, settings) }) { _, last in last }, clock: clock,
            capabilities: capabilities)
    }

    /// Makes a broker with queues of several kinds.
    ///
    /// - Parameters:
    ///   - queues: The queues' names and what each is like.
    ///   - clock: The times to go by: the machine's own, or a ``ManualClock``'s.
    ///   - capabilities: The limits of a queue with given settings; Amazon SQS's unless given.
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` for settings that cannot be.
    public init(
        queues: [QueueName: QueueSettings], clock: JobClock = .system,
        capabilities: @escaping @Sendable (QueueSettings) -> QueueCapabilities = QueueCapabilities.likeAmazonSQS
    ) throws {
        self.clock = clock
        var empty = InMemoryQueues(capabilities: capabilities)
        for (name, settings) in queues { try empty.create(name, settings) }
        storage = InMemoryStorage(empty)
    }

    /// Lists, creates, purges and removes queues, and sees to dead messages.
    public var administration: (any QueueAdministration)? {
        InMemoryAdministration(storage: storage, clock: clock, countsDelayed: countsDelayed)
    }

    /// What a queue can do.
    public func capabilities(of queue: QueueName) async throws -> QueueCapabilities {
        try storage.read { try $0.with(queue, \.capabilities) }
    }

    /// Puts messages on a queue.
    public func send(
        _ messages: [OutgoingMessage], to queue: QueueName
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let (now, date) = (clock.elapsed(), clock.now())
        return try storage.change { queues in
            try queues.with(queue) { _ in }
            return try queues.send(messages, to: queue, at: now, date: date)
        }
    }

    /// Takes messages from a queue; waits on ``clock`` for the first if there is none.
    public func receive(
        from queue: QueueName, count: Int, wait: Duration, visibility: Duration
    ) async throws -> [Delivery] {
        let longestWait = try await capabilities(of: queue).longestWait
        let deadline = clock.elapsed() + min(wait, longestWait)
        while true {
            try Task.checkCancellation()
            let changes = storage.changes
            let now = clock.elapsed()
            let (deliveries, next) = try storage.take(count, from: queue, visibility: visibility, at: now)
            guard deliveries.isEmpty, count > 0, now < deadline else { return deliveries }
            try await waitForChange(since: changes, until: min(next ?? deadline, deadline))
        }
    }

    /// Holds deliveries for longer.
    public func extend(
        _ deliveries: [Delivery], by duration: Duration
    ) async throws -> [Result<Void, SQJobsError>] {
        let now = clock.elapsed()
        return try each(deliveries) { queues, delivery in
            try queues.with(delivery.queue) { $0.extend(delivery, by: duration, at: now) }
        }
    }

    /// Puts deliveries back on their queue.
    public func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>] {
        let now = clock.elapsed()
        return try each(releases) { queues, release in
            try queues.with(release.delivery.queue) { $0.release(release, at: now) }
        }
    }

    /// Deletes deliveries, also when their leases ran out, as long as nobody else received them.
    public func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>] {
        try each(deliveries) { queues, delivery in try queues.with(delivery.queue) { $0.delete(delivery) } }
    }

    /// Puts deliveries on their queue's dead-letter queue, with the reason.
    public func bury(
        _ deliveries: [Delivery], reason: String
    ) async throws -> [Result<Void, SQJobsError>] {
        let now = clock.elapsed()
        return try each(deliveries) { queues, delivery in try queues.bury(delivery, reason: reason, at: now) }
    }

    /// Ends every call that is under way, and refuses further ones.
    public func shutdown() async {
        try? storage.change { $0.isShutDown = true }
    }

    /// When the first message that is held back on one of the queues can be received.
    func nextDelayed(on queues: [QueueName]) throws -> Duration? {
        let now = clock.elapsed()
        return try storage.read { all in
            try queues.compactMap { try all.with($0) { $0.nextDelayed(after: now) } }.min()
        }
    }

    private func each<Entry>(
        _ entries: [Entry], _ settle: (inout InMemoryQueues, Entry) throws -> Result<Void, SQJobsError>
    ) throws -> [Result<Void, SQJobsError>] {
        try storage.change { queues in try entries.map { try settle(&queues, $0) } }
    }

    private func waitForChange(since changes: Int, until time: Duration) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await storage.waitForChange(since: changes) }
            group.addTask { try await clock.sleep(time - clock.elapsed()) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
