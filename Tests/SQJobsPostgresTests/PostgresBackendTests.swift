import SQJobsPostgres
import Testing

@Suite("The URL of a database")
struct PostgresBackendTests {
    @Test("A URL that cannot be used is refused without its password", arguments: ["mysql://u:secret@h", "postgres:x"])
    func refused(url: String) async {
        let error = await #expect(throws: SQJobsError.self) {
            try await PostgresBackend.connect(url: url, environment: [:])
        }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains("secret") == false)
    }

    @Test("A server that cannot be reached is unavailable, and the password is not shown")
    func unreachable() async {
        let error = await #expect(throws: SQJobsError.self) {
            try await PostgresBackend.connect(url: "postgresql://u:secret@127.0.0.1:1/db", environment: [:])
        }
        #expect(error?.code == .storeUnavailable)
        #expect(error?.description.contains("secret") == false)
    }

    @Test("One database is a broker and a store of results, schedules and outgoing jobs, as is declared")
    func parts() async throws {
        #expect(PostgresBackend.parts == [.broker, .store])
        let opened = try await PostgresBackend.connect(url: try TestServer.shared().url, environment: [:])
        #expect(opened.broker is PostgresBroker)
        #expect(opened[.results] is PostgresStore)
        #expect(opened[.schedules] is PostgresStore)
        #expect(opened[.outbox] is PostgresStore)
        await opened.store?.shutdown()
    }
}
