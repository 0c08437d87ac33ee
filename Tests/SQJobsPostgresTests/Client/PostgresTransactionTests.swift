import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("Transactions", .timeLimit(.minutes(2)))
struct PostgresTransactionTests {
    private struct Change: Error {}

    /// Lends a pool and a table of numbers in it that holds 0.
    private func withTable(_ body: (PostgresPool, String) async throws -> Void) async throws {
        let name = freshName()
        try await TestServer.shared().withPool { pool in
            _ = try await pool.pipeline([
                PostgresStatement("CREATE TABLE \(name) (number bigint PRIMARY KEY)"),
                PostgresStatement("INSERT INTO \(name) VALUES (0)"),
            ])
            try await body(pool, name)
        }
    }

    private func numbers(_ pool: PostgresPool, _ table: String) async throws -> [Int] {
        try await pool.execute(PostgresStatement("SELECT number FROM \(table) ORDER BY number")).map {
            try $0.value(0)
        }
    }

    @Test("what the body did stands when it returns")
    func commit() async throws {
        try await withTable { pool, table in
            let affected = try await pool.transaction { connection in
                _ = try await connection.execute(PostgresStatement("INSERT INTO \(table) VALUES (1)"))
                return try await connection.execute(PostgresStatement("INSERT INTO \(table) VALUES (2)")).affected
            }
            #expect(affected == 1)
            #expect(try await numbers(pool, table) == [0, 1, 2])
        }
    }

    @Test("a transaction that was rolled back leaves its connection to the next")
    func connectionKept() async throws {
        try await withTable { pool, table in
            try await pool.withConnection { connection in
                await #expect(throws: Change.self) {
                    try await connection.transaction { connection in
                        _ = try await connection.execute(PostgresStatement("INSERT INTO \(table) VALUES (1)"))
                        throw Change()
                    }
                }
                #expect(!connection.isInTransaction)
                let rows = try await connection.execute(PostgresStatement("SELECT count(*) FROM \(table)"))
                #expect(try rows[0].value(0) == 1)
            }
        }
    }

    @Test("what the body did is gone when it throws")
    func rollBack() async throws {
        try await withTable { pool, table in
            await #expect(throws: Change.self) {
                try await pool.transaction { connection in
                    _ = try await connection.execute(PostgresStatement("INSERT INTO \(table) VALUES (1)"))
                    throw Change()
                }
            }
            let left = try await numbers(pool, table)
            #expect(left == [0])
            #expect(pool.connectionCount == 1)
        }
    }

    @Test("a body that overlooks a failed statement is told that nothing stands")
    func overlooked() async throws {
        try await withTable { pool, table in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { connection in
                    _ = try await connection.execute(PostgresStatement("INSERT INTO \(table) VALUES (1)"))
                    _ = try? await connection.execute(PostgresStatement("SELECT 1/0"))
                }
            }
            #expect(error?.kind == .refused)
            let left = try await numbers(pool, table)
            #expect(left == [0])
        }
    }

    @Test("a transaction within another, and attempts within one, are refused")
    func nested() async throws {
        try await withTable { pool, _ in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { try await $0.transaction { _ in } }
            }
            #expect(error?.kind == .misuse)
            await #expect(throws: PostgresError.self) {
                try await pool.transaction { try await $0.attempt([PostgresStatement("SELECT 1")]) }
            }
        }
    }

    @Test("a pipeline within a transaction is part of it")
    func pipeline() async throws {
        try await withTable { pool, table in
            await #expect(throws: Change.self) {
                try await pool.transaction { connection in
                    _ = try await connection.pipeline(
                        (1...5).map {
                            PostgresStatement("INSERT INTO \(table) VALUES ($1)", .integer($0))
                        })
                    throw Change()
                }
            }
            let left = try await numbers(pool, table)
            #expect(left == [0])
        }
    }

    @Test("a conflict is reported as one, and the pool's transaction is carried out again")
    func conflict() async throws {
        try await withTable { pool, table in
            let update = PostgresStatement("UPDATE \(table) SET number = number + 1")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction(.serializable, attempts: 1) { connection in
                    _ = try await connection.execute(PostgresStatement("SELECT number FROM \(table)"))
                    _ = try await pool.execute(update)
                    _ = try await connection.execute(update)
                }
            }
            #expect(error?.isConflict == true)
            #expect(error?.isTransient == true)
            #expect(try await numbers(pool, table) == [1])

            var runs = 0
            try await pool.transaction(.serializable) { connection in
                runs += 1
                _ = try await connection.execute(PostgresStatement("SELECT number FROM \(table)"))
                if runs == 1 { _ = try await pool.execute(update) }
                _ = try await connection.execute(update)
            }
            #expect(runs == 2)
            #expect(try await numbers(pool, table) == [3])
        }
    }

    @Test("a transaction that a borrower leaves open does not reach the next")
    func leftOpen() async throws {
        try await withTable { pool, table in
            try await pool.withConnection { connection in
                _ = try await connection.execute(PostgresStatement("BEGIN"))
                _ = try await connection.execute(PostgresStatement("INSERT INTO \(table) VALUES (1)"))
            }
            let left = try await numbers(pool, table)
            #expect(left == [0])
        }
    }

    @Test("cancelling the task rolls back, and ends the statement that was under way")
    func cancelled() async throws {
        try await withTable { pool, table in
            let task = Task {
                try await pool.transaction { connection in
                    _ = try await connection.execute(PostgresStatement("INSERT INTO \(table) VALUES (1)"))
                    _ = try await connection.execute(PostgresStatement("SELECT pg_sleep(600), '\(table)'"))
                }
            }
            let active = PostgresStatement(
                "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid()",
                .text("%pg_sleep(600), '\(table)'"))
            try await eventually("it sleeps") { try await !pool.execute(active).isEmpty }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await eventually("it sleeps no longer") { try await pool.execute(active).isEmpty }
            let left = try await numbers(pool, table)
            #expect(left == [0])
        }
    }
}
