import SQJobsConformance
import Testing

@Suite("The contract of a store of results, on SQLite")
struct ResultStoreOnSQLiteTests {
    @Test("the store keeps the promise", arguments: ResultStoreCases.all)
    func keeps(_ promise: ResultStoreCase) async throws {
        try await promise.run(on: SQLiteHarness())
    }
}
