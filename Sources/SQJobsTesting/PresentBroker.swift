import SQJobsCore

/// A broker in memory as it is now: what is delayed does not count, so that a worker which drains it does not wait.
struct PresentBroker: Broker {
    private var broker: InMemoryBroker

    init(_ broker: InMemoryBroker) {
        self.broker = broker
    }

    var enqueueMiddleware: [any EnqueueMiddleware] {
        get { broker.enqueueMiddleware }
        set { broker.enqueueMiddleware = newValue }
    }

    var clock: JobClock { broker.clock }

    var administration: (any QueueAdministration)? {
        InMemoryAdministration(storage: broker.storage, clock: broker.clock, countsDelayed: false)
    }

    func capabilities(of queue: QueueName) async throws -> QueueCapabilities {
        try await broker.capabilities(of: queue)
    }

    func send(
        _ messages: [OutgoingMessage], to queue: QueueName
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        try await broker.send(messages, to: queue)
    }

    func receive(
        from queue: QueueName, count: Int, wait: Duration, visibility: Duration
    ) async throws -> [Delivery] {
        try await broker.receive(from: queue, count: count, wait: wait, visibility: visibility)
    }

    func extend(_ deliveries: [Delivery], by duration: Duration) async throws -> [Result<Void, SQJobsError>] {
        try await broker.extend(deliveries, by: duration)
    }

    func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>] {
        try await broker.release(releases)
    }

    func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>] {
        try await broker.delete(deliveries)
    }

    func bury(_ deliveries: [Delivery], reason: String) async throws -> [Result<Void, SQJobsError>] {
        try await broker.bury(deliveries, reason: reason)
    }

    func shutdown() async {}
}
