import SQJobsConformance
import SQJobsPostgres

/// Two stores in a schema of their own, each with its connections, as the conformance cases for schedules want them; time
/// is the server's and goes by itself.
struct PostgresScheduleHarness: ScheduleStoreHarness {
    let store: any ScheduleStore
    let otherStore: any ScheduleStore

    /// Lends a harness, and shuts its stores down.
    static func lend(_ body: (PostgresScheduleHarness) async throws -> Void) async throws {
        let server = try TestServer.shared()
        let url = server.freshSchema()
        try await server.withStore(at: url) { store in
            try await server.withStore(at: url) { other in
                try await body(PostgresScheduleHarness(store: store, otherStore: other))
            }
        }
    }

    var shortLease: Duration { .seconds(2) }

    var clock: JobClock { .system }

    func advance(by duration: Duration) async throws {
        // What is left of a lease was reckoned to the microsecond.
        try await clock.sleep(duration + .milliseconds(2))
    }
}
