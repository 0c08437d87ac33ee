import SQJobsConformance
import Testing

@Suite("The contract of a broker, on SQLite", .timeLimit(.minutes(2)))
struct BrokerOnSQLiteTests {
    @Test("the broker keeps the promise", arguments: BrokerCases.applying(to: SQLiteBrokerHarness.features))
    func keeps(_ promise: BrokerCase) async throws {
        try await promise.run(on: SQLiteBrokerHarness())
    }
}
