public import SQJobsCore
import Synchronization

/// A broker that writes down what is enqueued and runs nothing: for tests of code that enqueues.
///
/// ```swift
/// let broker = RecordingBroker()
/// try await checkout(order, broker: broker)
/// let tickets = try broker.enqueued(SendTicket.self)
/// #expect(tickets.map(\.parameters.order) == [order.id])
/// #expect(tickets[0].delay == .seconds(300))
/// ```
///
/// Copies share their record. Every queue exists; one whose name ends in `.fifo` is ordered. Jobs pass through the same
/// checks and the same encoding as on their way to Amazon SQS. To run what is enqueued, use ``InMemoryBroker`` with a
/// worker.
public struct RecordingBroker: Broker {
    /// Shared by the copies of a broker.
    private final class Record: Sendable {
        let jobs = Mutex<[RecordedJob<JobArguments>]>([])
    }

    /// What an enqueued job passes through on its way to the record, outermost first.
    public var enqueueMiddleware: [any EnqueueMiddleware] = .standard
    /// The times that dates and delays are reckoned by.
    public let clock: JobClock
    private let record = Record()
    private let capabilities: @Sendable (QueueName) -> QueueCapabilities

    /// Makes a broker with an empty record.
    ///
    /// - Parameters:
    ///   - clock: The times to go by: the machine's own, or a ``ManualClock``'s.
    ///   - capabilities: The limits of a queue; Amazon SQS's unless given.
    public init(
        clock: JobClock = .system,
        capabilities: @escaping @Sendable (QueueName) -> QueueCapabilities = {
            .likeAmazonSQS(QueueSettings(isOrdered: $0.rawValue.hasSuffix(".fifo"), maximumReceives: 5))
        }
    ) {
        self.clock = clock
        self.capabilities = capabilities
    }

    /// Everything that was enqueued, in order, with its arguments as they would travel.
    public var enqueued: [RecordedJob<JobArguments>] {
        record.jobs.withLock(\.self)
    }

    /// The jobs of one class that were enqueued, in order, by class or by name.
    ///
    /// - Parameter job: The class.
    /// - Throws: ``SQJobsError`` with code `invalidArguments` when arguments given by name do not fit the class.
    public func enqueued<J: JobProtocol>(_ job: J.Type) throws -> [RecordedJob<J.Parameters>] {
        try enqueued(named: J.name).map { try $0.with($0.parameters.decode(J.Parameters.self, for: J.name)) }
    }

    /// The jobs of one name that were enqueued, in order.
    ///
    /// - Parameter name: The name.
    public func enqueued(named name: String) -> [RecordedJob<JobArguments>] {
        enqueued.filter { $0.name == name }
    }

    /// Forgets what was enqueued so far.
    public func clear() {
        record.jobs.withLock { $0 = [] }
    }

    /// None: the broker has no queues to look after.
    public var administration: (any QueueAdministration)? { nil }

    /// What a queue can do.
    public func capabilities(of queue: QueueName) async throws -> QueueCapabilities {
        capabilities(queue)
    }

    /// Writes messages down.
    public func send(
        _ messages: [OutgoingMessage], to queue: QueueName
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let now = clock.now()
        return try record.jobs.withLock { jobs in
            try messages.map { outgoing in
                let messageID = "recorded-\(jobs.count + 1)"
                let message = try MessageCodec.decode(outgoing.body, messageID: messageID)
                jobs.append(
                    RecordedJob(
                        id: message.id, name: message.name, queue: queue, parameters: message.arguments,
                        delay: outgoing.delay, group: outgoing.group, deduplicationID: outgoing.deduplicationID,
                        attributes: outgoing.attributes, enqueuedAt: now))
                return .success(SentMessage(messageID: messageID))
            }
        }
    }

    /// Throws ``SQJobsError`` with code `unsupported`: nothing is delivered.
    public func receive(
        from queue: QueueName, count: Int, wait: Duration, visibility: Duration
    ) async throws -> [Delivery] {
        throw Self.runsNothing
    }

    /// Throws ``SQJobsError`` with code `unsupported`: nothing is delivered.
    public func extend(
        _ deliveries: [Delivery], by duration: Duration
    ) async throws -> [Result<Void, SQJobsError>] {
        throw Self.runsNothing
    }

    /// Throws ``SQJobsError`` with code `unsupported`: nothing is delivered.
    public func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>] {
        throw Self.runsNothing
    }

    /// Throws ``SQJobsError`` with code `unsupported`: nothing is delivered.
    public func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>] {
        throw Self.runsNothing
    }

    /// Throws ``SQJobsError`` with code `unsupported`: nothing is delivered.
    public func bury(
        _ deliveries: [Delivery], reason: String
    ) async throws -> [Result<Void, SQJobsError>] {
        throw Self.runsNothing
    }

    /// Does nothing: there is nothing to let go, and the record stays.
    public func shutdown() async {}

    private static var runsNothing: SQJobsError {
        SQJobsError(
            .unsupported, "The recording broker delivers nothing: use an InMemoryBroker to run what is enqueued.")
    }
}

extension RecordingBroker: CustomStringConvertible {
    /// One line for each enqueued job, for the message of a test that failed.
    public var description: String {
        enqueued.isEmpty ? "nothing enqueued" : enqueued.map(\.description).joined(separator: "\n")
    }
}
