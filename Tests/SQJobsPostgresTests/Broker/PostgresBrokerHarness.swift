import SQJobsConformance
import SQJobsPostgres

/// The broker in a schema of its own; time is the server's and goes by itself.
struct PostgresBrokerHarness: BrokerHarness {
    /// Everything but a limit on delays.
    static let features = Set(BrokerFeature.allCases).subtracting([.delayLimit])

    let store: PostgresStore

    /// Lends a harness, and shuts its store down.
    static func lend(_ body: (PostgresBrokerHarness) async throws -> Void) async throws {
        try await TestServer.shared().withStore { try await body(PostgresBrokerHarness(store: $0)) }
    }

    var broker: any Broker { store.broker }

    var features: Set<BrokerFeature> { Self.features }

    var smallestVisibility: Duration { .milliseconds(800) }

    func makeQueue(_ settings: QueueSettings) async throws -> QueueName {
        let queue = QueueName(freshName("queue"))
        try await store.broker.administration?.create(queue, settings)
        return queue
    }

    func advance(by duration: Duration) async throws {
        // What is left of a lease was reckoned to the microsecond.
        try await store.broker.clock.sleep(duration + .milliseconds(2))
    }
}
