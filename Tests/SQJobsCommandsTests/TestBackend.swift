import SQJobsCommands
import SQJobsTesting
import Synchronization

/// Serves `memory:NAME` with the broker that a test keeps under that name.
enum TestBackend: Backend {
    static let schemes = ["memory"]
    static let parts: Set<BackendPart> = [.broker]
    static let defaultURL = "memory:none"
    static let usage = "memory:NAME"

    private static let brokers = Mutex<[String: KeptBroker]>([:])

    static func keep(_ broker: KeptBroker, as name: String) {
        brokers.withLock { $0[name] = broker }
    }

    static func connect(url: String, environment: [String: String]) async throws -> BackendConnection {
        let name = String(url.dropFirst("memory:".count).prefix { $0 != "?" })
        guard let broker = brokers.withLock({ $0[name] }) else {
            throw SQJobsError(.brokerUnavailable, "No broker answers at memory:\(name): start it.")
        }
        broker.uses.connected()
        return BackendConnection(broker: broker)
    }
}

/// A broker in memory that a test can look into after a command shut it down.
struct KeptBroker: Broker {
    final class Uses: Sendable {
        private let counts = Mutex((connections: 0, shutdowns: 0))

        var connections: Int { counts.withLock(\.connections) }
        var shutdowns: Int { counts.withLock(\.shutdowns) }

        func connected() { counts.withLock { $0.connections += 1 } }
        func shutDown() { counts.withLock { $0.shutdowns += 1 } }
    }

    var memory: InMemoryBroker
    let uses = Uses()

    init(_ queues: [QueueName: QueueSettings]) throws {
        memory = try InMemoryBroker(queues: queues)
    }

    var enqueueMiddleware: [any EnqueueMiddleware] {
        get { memory.enqueueMiddleware }
        set { memory.enqueueMiddleware = newValue }
    }

    var administration: (any QueueAdministration)? { memory.administration }
    var clock: JobClock { memory.clock }

    func capabilities(of queue: QueueName) async throws -> QueueCapabilities {
        try await memory.capabilities(of: queue)
    }

    func send(
        _ messages: [OutgoingMessage], to queue: QueueName
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        try await memory.send(messages, to: queue)
    }

    func receive(
        from queue: QueueName, count: Int, wait: Duration, visibility: Duration
    ) async throws -> [Delivery] {
        try await memory.receive(from: queue, count: count, wait: wait, visibility: visibility)
    }

    func extend(_ deliveries: [Delivery], by duration: Duration) async throws -> [Result<Void, SQJobsError>] {
        try await memory.extend(deliveries, by: duration)
    }

    func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>] {
        try await memory.release(releases)
    }

    func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>] {
        try await memory.delete(deliveries)
    }

    func bury(_ deliveries: [Delivery], reason: String) async throws -> [Result<Void, SQJobsError>] {
        try await memory.bury(deliveries, reason: reason)
    }

    func shutdown() async {
        uses.shutDown()
    }
}
