import SQJobsPostgres
import Testing

@Suite("The URL of a database")
struct PostgresBackendTests {
    @Test("It declares stores and no brokers")
    func parts() async {
        #expect(PostgresBackend.parts == [.store])
        let error = await #expect(throws: SQJobsError.self) {
            _ = try await PostgresBackend.broker(url: "postgresql://", environment: [:])
        }
        #expect(error?.code == .unsupported)
    }

    @Test("A URL that cannot be used is refused without its password", arguments: ["mysql://u:secret@h", "postgres:x"])
    func refused(url: String) async {
        let error = await #expect(throws: SQJobsError.self) {
            try await PostgresBackend.store(url: url, environment: [:])
        }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains("secret") == false)
    }

    @Test("A server that cannot be reached is unavailable, and the password is not shown")
    func unreachable() async {
        let error = await #expect(throws: SQJobsError.self) {
            try await PostgresBackend.store(url: "postgresql://u:secret@127.0.0.1:1/db", environment: [:])
        }
        #expect(error?.code == .storeUnavailable)
        #expect(error?.description.contains("secret") == false)
    }

    @Test("On a real server the store it opens keeps results")
    func opens() async throws {
        let opened = try await PostgresBackend.store(url: try TestServer.shared().url, environment: [:])
        #expect(opened[.results] is PostgresStore)
        await opened.store.shutdown()
    }
}
