/// Where messages wait: Amazon SQS, a database, or memory in tests. One contract for all of them, checked by the
/// conformance suite of `SQJobsConformance`.
///
/// Delivery is at least once. A received message is held under a lease: nobody else receives it until the lease runs
/// out or it is released, and it is gone only when it is deleted or buried. Apps call `enqueue`; the requirements here
/// are what an adapter implements and a worker calls.
///
/// The calls that take several entries return one answer for each, in order; they throw only when nothing at all can be
/// said of any entry. Entries of one call belong to one queue, and there may be any number of them: the adapter splits.
public protocol Broker: Sendable {
    /// What an enqueued job passes through on its way to the queue, outermost first; `.standard` unless changed.
    var enqueueMiddleware: [any EnqueueMiddleware] { get set }

    /// The calls that look after queues, rather than send and receive; `nil` where the broker has none.
    var administration: (any QueueAdministration)? { get }

    /// The times that dates and delays are reckoned by; the machine's own unless a test's broker says otherwise.
    var clock: JobClock { get }

    /// The store that keeps its messages; `nil` where that is no store of ours, as on Amazon SQS. An ``Outbox`` that is kept
    /// there too moves its entries to the queues in one transaction.
    var storage: StorageIdentity? { get }

    /// What a queue can do. Adapters cache it.
    ///
    /// - Parameter queue: The queue.
    /// - Throws: ``SQJobsError`` with code `queueDoesNotExist` when there is no such queue.
    func capabilities(of queue: QueueName) async throws -> QueueCapabilities

    /// Puts messages on a queue. Messages of one group keep their order: one is sent only after the one before it was.
    ///
    /// - Parameters:
    ///   - messages: The messages, already checked against the queue's capabilities.
    ///   - queue: The queue.
    /// - Returns: For each message the broker's id for it, or why it was not sent; with code `unknownOutcome` it may
    ///   have been.
    func send(
        _ messages: [OutgoingMessage], to queue: QueueName
    ) async throws -> [Result<SentMessage, SQJobsError>]

    /// Takes messages from a queue, waiting for the first if there is none.
    ///
    /// - Parameters:
    ///   - queue: The queue.
    ///   - count: How many messages to take at most; the adapter may take fewer.
    ///   - wait: How long to wait for the first message.
    ///   - visibility: How long the messages are held.
    /// - Returns: The messages; none when none came in time.
    /// - Throws: ``SQJobsError``; `CancellationError` when the task was cancelled.
    func receive(
        from queue: QueueName, count: Int, wait: Duration, visibility: Duration
    ) async throws -> [Delivery]

    /// Holds deliveries for longer.
    ///
    /// - Parameters:
    ///   - deliveries: The deliveries, of one queue.
    ///   - duration: How long they are held from now.
    /// - Returns: For each, nothing or the error: with code `leaseLost` when it is no longer held.
    func extend(
        _ deliveries: [Delivery], by duration: Duration
    ) async throws -> [Result<Void, SQJobsError>]

    /// Puts deliveries back on their queue, each to be received again after a delay of its own.
    ///
    /// - Parameter releases: The deliveries, of one queue, and their delays; a delay is at most the queue's
    ///   ``QueueCapabilities/longestRelease``.
    /// - Returns: For each, nothing or the error: with code `leaseLost` when it is no longer held.
    func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>]

    /// Deletes deliveries: their jobs are done.
    ///
    /// - Parameter deliveries: The deliveries, of one queue.
    /// - Returns: For each, nothing or the error: with code `leaseLost` when it is known that it was not deleted because
    ///   it is no longer held.
    func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>]

    /// Hands dead messages over to where the queue keeps them, then takes them off the queue. Called only where
    /// ``QueueCapabilities/keepsDeadMessages`` is true.
    ///
    /// - Parameters:
    ///   - deliveries: The deliveries, of one queue.
    ///   - reason: Why no attempt will follow, without arguments; kept beside the message where the broker can.
    /// - Returns: For each, nothing or the error; a message that could not be handed over stays on its queue.
    func bury(
        _ deliveries: [Delivery], reason: String
    ) async throws -> [Result<Void, SQJobsError>]

    /// Lets connections and threads go. Calls that are under way end with an error; nothing may be called afterwards.
    func shutdown() async
}

extension Broker {
    /// The machine's own clocks.
    public var clock: JobClock { .system }

    /// None.
    public var storage: StorageIdentity? { nil }
}
