import SQJobsConformance
import SQJobsPostgres

/// Two stores in a schema of their own, each with its connections; time is the server's and goes by itself.
struct PostgresHarness: ResultStoreHarness {
    let store: any ResultStore
    let otherStore: any ResultStore

    /// Lends a harness, and shuts its stores down.
    static func lend(_ body: (PostgresHarness) async throws -> Void) async throws {
        let server = try TestServer.shared()
        let url = server.freshSchema()
        try await server.withStore(at: url) { store in
            try await server.withStore(at: url) { other in
                try await body(PostgresHarness(store: store, otherStore: other))
            }
        }
    }

    var features: Set<ResultStoreFeature> { [.notices] }

    var shortLease: Duration { .seconds(2) }

    var clock: JobClock { .system }

    func advance(by duration: Duration) async throws {
        // What is left of a lease was reckoned to the microsecond.
        try await clock.sleep(duration + .milliseconds(2))
    }
}
