import Foundation
import SQJobsCore
import Testing

@testable import SQJobsPostgres

@Suite("Migrations", .timeLimit(.minutes(2)))
struct PostgresMigratorTests {
    private func migrations(_ schema: String, upTo last: Int = 3) -> [PostgresMigration] {
        (1...last).map { number in
            PostgresMigration(
                number, "step \(number)",
                [
                    "CREATE TABLE \"\(schema)\".t\(number) (id bigint)",
                    "INSERT INTO \"\(schema)\".t\(number) VALUES (\(number))",
                ])
        }
    }

    /// Lends a pool that uses a schema which is not there yet.
    private func withSchema(_ body: (PostgresPool, String) async throws -> Void) async throws {
        let schema = freshName()
        try await TestServer.shared().withPool("schema=\(schema)") { try await body($0, schema) }
    }

    private func tables(_ pool: PostgresPool, _ schema: String) async throws -> [String] {
        try await pool.execute(
            PostgresStatement(
                "SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY tablename", .text(schema))
        ).map { try $0.value(0) }
    }

    @Test("what is pending is applied once, in order, and recorded with name and time")
    func applied() async throws {
        try await withSchema { pool, schema in
            let migrator = PostgresMigrator(migrations(schema), pool: pool)
            #expect(try await migrator.pending().map(\.number) == [1, 2, 3])
            #expect(try await tables(pool, schema) == [])
            #expect(try await migrator.migrate().map(\.number) == [1, 2, 3])
            #expect(try await migrator.pending() == [])
            #expect(try await migrator.migrate() == [])
            #expect(try await tables(pool, schema) == ["migrations", "t1", "t2", "t3"])
            let rows = try await pool.execute(
                PostgresStatement("SELECT number, name, applied_at FROM \(pool.url.schema.qualified("migrations"))"))
            #expect(try rows.map { try $0.value("name", as: String.self) } == ["step 1", "step 2", "step 3"])
            let at: Date = try rows[0].value("applied_at")
            #expect(abs(at.timeIntervalSinceNow) < 300)
        }
    }

    @Test("a schema that is behind gets what it lacks; until then the check says to migrate, and from where to where")
    func behind() async throws {
        try await withSchema { pool, schema in
            let migrator = PostgresMigrator(migrations(schema), pool: pool)
            _ = try await PostgresMigrator(migrations(schema, upTo: 1), pool: pool).migrate()
            let error = await #expect(throws: SQJobsError.self) { try await migrator.check() }
            #expect(error?.code == .schemaTooOld)
            #expect(error?.message.contains("version 1 and this program needs version 3: run `migrate`") == true)
            #expect(try await migrator.migrate().map(\.number) == [2, 3])
            try await migrator.check()
        }
    }

    @Test("a schema of a later program is left alone; the error says which version is known")
    func ahead() async throws {
        try await withSchema { pool, schema in
            _ = try await PostgresMigrator(migrations(schema), pool: pool).migrate()
            let old = PostgresMigrator(migrations(schema, upTo: 2), pool: pool)
            for attempt in [
                { _ = try await old.pending() }, { _ = try await old.migrate() }, { try await old.check() },
            ] {
                let error = await #expect(throws: SQJobsError.self) { try await attempt() }
                #expect(error?.code == .schemaTooNew)
                #expect(error?.message.contains("version 3 and this program knows version 2") == true)
            }
        }
    }

    @Test("several processes that start at once apply each migration once")
    func atOnce() async throws {
        let schema = freshName()
        let server = try TestServer.shared()
        let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<6 {
                group.addTask {
                    try await server.withPool("schema=\(schema)") { pool in
                        try await PostgresMigrator(migrations(schema), pool: pool).migrate().map(\.number)
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied.sorted() == [1, 2, 3])
    }

    @Test("one that fails leaves nothing of itself and all before it, and can be repeated")
    func failing() async throws {
        try await withSchema { pool, schema in
            var migrations = migrations(schema, upTo: 2)
            let broken = PostgresMigration(
                3, "broken", ["CREATE TABLE \"\(schema)\".t3 (id bigint)", "SELECT no_such_function()"])
            await #expect(throws: PostgresError.self) {
                try await PostgresMigrator(migrations + [broken], pool: pool).migrate()
            }
            let left = try await tables(pool, schema)
            #expect(left == ["migrations", "t1", "t2"])
            migrations.append(PostgresMigration(3, "mended", ["CREATE TABLE \"\(schema)\".t3 (id bigint)"]))
            #expect(try await PostgresMigrator(migrations, pool: pool).migrate().map(\.name) == ["mended"])
        }
    }

    @Test("two schemas of one database are apart")
    func apart() async throws {
        try await withSchema { first, one in
            try await withSchema { second, other in
                _ = try await PostgresMigrator(migrations(one), pool: first).migrate()
                #expect(try await PostgresMigrator(migrations(other), pool: second).pending().count == 3)
            }
        }
    }

    @Test("a user who may make nothing needs no more than what is there; where something is missing it is told")
    func fewRights() async throws {
        try await withSchema { pool, schema in
            let user = freshName("u")
            _ = try await PostgresMigrator(migrations(schema, upTo: 1), pool: pool).migrate()
            for statement in [
                "CREATE ROLE \(user) LOGIN PASSWORD 'p'", "GRANT USAGE ON SCHEMA \(schema) TO \(user)",
                "GRANT SELECT ON ALL TABLES IN SCHEMA \(schema) TO \(user)",
            ] {
                _ = try await pool.execute(PostgresStatement(statement))
            }
            var components = try #require(URLComponents(string: try TestServer.shared().url))
            components.user = user
            components.password = "p"
            components.query = "schema=\(schema)"
            let url = try PostgresURL(try #require(components.string), environment: [:])
            let other = PostgresPool(url, logger: .quiet)
            #expect(try await PostgresMigrator(migrations(schema, upTo: 1), pool: other).migrate() == [])
            let error = await #expect(throws: PostgresError.self) {
                try await PostgresMigrator(migrations(schema), pool: other).migrate()
            }
            #expect(error?.state == "42501")
            #expect(error?.jobsError(at: url).message.contains("grant") == true)
            await other.shutdown()
        }
    }
}
