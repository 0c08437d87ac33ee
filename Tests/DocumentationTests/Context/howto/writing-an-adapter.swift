import SQJobsCore
import SQJobsTesting

enum MyBroker {
    static func connect() async throws -> any Broker { try InMemoryBroker() }
}
