import SQJobsTesting

/// The broker in memory with one promise broken, to show that a conformance case notices.
struct FaultyBroker: Broker {
    let memory: InMemoryBroker
    let fault: BrokerFault
    var enqueueMiddleware: [any EnqueueMiddleware] = []

    init(_ memory: InMemoryBroker, _ fault: BrokerFault) {
        self.memory = memory
        self.fault = fault
    }

    var clock: JobClock { memory.clock }

    var administration: (any QueueAdministration)? {
        memory.administration.map { FaultyAdministration(memory: memory, base: $0, fault: fault) }
    }

    func capabilities(of queue: QueueName) async throws -> QueueCapabilities {
        try await fault.capabilities(memory, queue)
    }

    func send(
        _ messages: [OutgoingMessage], to queue: QueueName
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        try await fault.send(memory, messages, queue)
    }

    func receive(
        from queue: QueueName, count: Int, wait: Duration, visibility: Duration
    ) async throws -> [Delivery] {
        try await fault.receive(
            memory, BrokerFault.Receive(queue: queue, count: count, wait: wait, visibility: visibility))
    }

    func extend(_ deliveries: [Delivery], by duration: Duration) async throws -> [Result<Void, SQJobsError>] {
        try await fault.extend(memory, deliveries, duration)
    }

    func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>] {
        try await fault.release(memory, releases)
    }

    func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>] {
        try await fault.delete(memory, deliveries)
    }

    func bury(_ deliveries: [Delivery], reason: String) async throws -> [Result<Void, SQJobsError>] {
        try await fault.bury(memory, deliveries, reason)
    }

    func shutdown() async {
        await fault.shutdown(memory)
    }
}

/// The administration of a ``FaultyBroker``.
struct FaultyAdministration: QueueAdministration {
    let memory: InMemoryBroker
    let base: any QueueAdministration
    let fault: BrokerFault

    func queues() async throws -> [QueueName] {
        try await fault.queues(base)
    }

    func statistics(of queue: QueueName) async throws -> QueueStatistics {
        try await fault.statistics(base, queue)
    }

    func create(_ queue: QueueName, _ settings: QueueSettings) async throws {
        try await fault.create(base, queue, settings)
    }

    func remove(_ queue: QueueName) async throws {
        try await fault.remove(base, queue)
    }

    func purge(_ queue: QueueName) async throws {
        try await fault.purge(base, queue)
    }

    func deadMessages(of queue: QueueName, limit: Int) async throws -> [DeadMessage] {
        try await fault.deadMessages(base, queue, limit)
    }

    func requeueDeadMessages(of queue: QueueName, messageIDs: Set<String>?) async throws -> Int {
        try await fault.requeue(memory, base, queue, messageIDs)
    }
}
