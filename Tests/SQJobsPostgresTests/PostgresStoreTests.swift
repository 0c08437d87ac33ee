import SQJobsTesting
import Testing

@testable import SQJobsPostgres

@Suite("A store in PostgreSQL", .timeLimit(.minutes(2)))
struct PostgresStoreTests {
    @Test("one that cannot be opened says why at once, and not with which password")
    func wrong() async throws {
        let server = try TestServer.shared()
        let port = try #require(try server.url().value(of: "port"))
        let cases: [(String, SQJobsError.Code)] = [
            ("mysql://a:hidden@127.0.0.1/b", .invalidConfiguration),
            ("postgres://sqjobs:hidden@127.0.0.1:\(port)/postgres", .credentials),
            ("postgres://sqjobs:hidden@127.0.0.1:1/postgres", .storeUnavailable),
            ("\(server.url)?schema=1st", .invalidConfiguration),
        ]
        for (url, code) in cases {
            let error = await #expect(throws: SQJobsError.self) { try await PostgresStore(url: url, logger: .quiet) }
            #expect(error?.code == code)
            #expect(error.map { "\($0)".contains("hidden") } == false)
        }
    }

    @Test("migrations are pending in a new schema, and then are not; they have the numbers of other stores")
    func migrations() async throws {
        try await TestServer.shared().withStore(isMigrated: false) { store in
            let all = PostgresMigration.all(in: store.pool.url.schema).map(\.description)
            #expect(all.map(\.number) == Array(1...all.count))
            #expect(try await store.pendingMigrations() == all)
            #expect(try await store.migrate() == all)
            #expect(try await store.pendingMigrations() == [])
            #expect(try await store.migrate() == [])
            try await store.requireSchema()
        }
    }

    @Test("a schema that lacks tables says to run migrate, also to whoever did not ask for its version")
    func tooOld() async throws {
        try await TestServer.shared().withStore(isMigrated: false) { store in
            let check = await #expect(throws: SQJobsError.self) { try await store.requireSchema() }
            #expect(check?.code == .schemaTooOld)
            let use = await #expect(throws: SQJobsError.self) { try await Results(store).status(of: "a") }
            #expect(use?.code == .schemaTooOld)
            #expect(use?.message.contains("run `migrate` first") == true)
        }
    }

    @Test("a schema of a later program is left alone; the error says which version is known")
    func tooNew() async throws {
        try await TestServer.shared().withStore { store in
            let known = PostgresMigration.all(in: store.pool.url.schema).count
            _ = try await store.pool.execute(
                PostgresStatement(
                    "INSERT INTO \(store.pool.url.schema.qualified("migrations")) (number, name) VALUES ($1, 'later')",
                    .integer(known + 1)))
            for call in [{ _ = try await store.migrate() }, { try await store.requireSchema() }] {
                let error = await #expect(throws: SQJobsError.self) { try await call() }
                #expect(error?.code == .schemaTooNew)
                #expect(error?.message.contains("version \(known + 1) and this program knows version \(known)") == true)
            }
        }
    }

    @Test("schemas of one database know nothing of each other")
    func apart() async throws {
        let server = try TestServer.shared()
        try await server.withStore { first in
            try await server.withStore { second in
                let job = PendingResult(id: try ResultID(of: "a"), name: "job", queue: "q")
                #expect(try await first.recordPending([job]) == [true])
                #expect(try await second.statuses(of: [job.id]) == [nil])
            }
        }
    }

    @Test("one that was shut down says so")
    func shutDown() async throws {
        let store = try await PostgresStore(url: TestServer.shared().freshSchema(), logger: .quiet)
        await store.shutdown()
        let error = await #expect(throws: SQJobsError.self) { try await store.pendingMigrations() }
        #expect(error?.code == .shuttingDown)
    }

    @Test("what may succeed later is told as unavailable, also if it may have been done already")
    func unavailable() throws {
        let url = try TestServer.shared().url()
        let kinds: [PostgresError.Kind] = [
            .unreachable, .connectionLost(isOutcomeUnknown: false), .connectionLost(isOutcomeUnknown: true),
            .timedOut(isOutcomeUnknown: false), .timedOut(isOutcomeUnknown: true), .poolExhausted,
        ]
        for kind in kinds { #expect(PostgresError(kind, "x").storeError(at: url).code == .storeUnavailable) }
        for state in ["40001", "40P01", "57P01", "53300"] {
            #expect(PostgresError(.refused, "x", state: state).storeError(at: url).code == .storeUnavailable)
        }
        #expect(PostgresError(.refused, "x", state: "22021").storeError(at: url).code == .storeRefused)
    }
}
