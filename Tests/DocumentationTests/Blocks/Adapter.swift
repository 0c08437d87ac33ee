import Foundation
import SQJobsConformance
import SQJobsCore
import SQJobsTesting

/// The blocks of howto/writing-an-adapter.md.
enum AdapterPage {
    enum MyBroker {
        static func connect() async throws -> any Broker { try InMemoryBroker() }
    }

    struct MyHarness: BrokerHarness {
        static let features: Set<BrokerFeature> = [.administration, .delayPerMessage, .sizeLimit, .deadLetters]

        let broker: any Broker
        let smallestVisibility = Duration.seconds(1)

        var features: Set<BrokerFeature> { Self.features }

        init() async throws {
            broker = try await MyBroker.connect()
        }

        func makeQueue(_ settings: QueueSettings) async throws -> QueueName {
            let queue = QueueName("test-\(UUID().uuidString)")
            try await broker.administration?.create(queue, settings)
            return queue
        }

        func advance(by duration: Duration) async throws {
            try await Task.sleep(for: duration)  // a real server keeps real time; in memory, move a manual clock
        }
    }

    static func keeps(_ promise: BrokerCase) async throws {
        try await promise.run(on: MyHarness())
    }

    struct MyBackend: Backend {
        static let schemes = ["my"]
        static let parts: Set<BackendPart> = [.broker]
        static let defaultURL = "my://localhost"
        static let usage = "my://HOST:PORT"

        static func connect(url: String, environment: [String: String]) async throws -> BackendConnection {
            BackendConnection(broker: try await MyBroker.connect())
        }
    }
}
