import SQJobsConformance
import Testing

@Suite("The contract of a store of schedules, on SQLite")
struct ScheduleStoreOnSQLiteTests {
    @Test("the store keeps the promise", arguments: ScheduleStoreCases.all)
    func keeps(_ promise: ScheduleStoreCase) async throws {
        try await promise.run(on: SQLiteScheduleHarness())
    }
}
