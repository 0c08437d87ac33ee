import SQJobsConformance
import Testing

@Suite("The contract of a broker, on PostgreSQL", .timeLimit(.minutes(4)))
struct BrokerOnPostgresTests {
    /// The server has connections for so many cases at a time, and more.
    private static let turnstile = Turnstile(8)

    @Test("the broker keeps the promise", arguments: BrokerCases.applying(to: PostgresBrokerHarness.features))
    func keeps(_ promise: BrokerCase) async throws {
        try await Self.turnstile.pass {
            try await PostgresBrokerHarness.lend { try await promise.run(on: $0) }
        }
    }
}
