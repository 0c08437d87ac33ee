import SQJobsConformance
import Testing

@Suite("The contract of a store of schedules, on PostgreSQL")
struct ScheduleStoreOnPostgresTests {
    @Test("the store keeps the promise", arguments: ScheduleStoreCases.all)
    func keeps(_ promise: ScheduleStoreCase) async throws {
        try await PostgresScheduleHarness.lend { try await promise.run(on: $0) }
    }
}
