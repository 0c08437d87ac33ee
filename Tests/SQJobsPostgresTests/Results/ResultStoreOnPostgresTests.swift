import SQJobsConformance
import Testing

@Suite("The contract of a store of results, on PostgreSQL", .timeLimit(.minutes(3)))
struct ResultStoreOnPostgresTests {
    /// The server has connections for so many cases at a time, and more.
    private static let turnstile = Turnstile(8)

    @Test("the store keeps the promise", arguments: ResultStoreCases.all)
    func keeps(_ promise: ResultStoreCase) async throws {
        try await Self.turnstile.pass {
            try await PostgresHarness.lend { try await promise.run(on: $0) }
        }
    }
}
