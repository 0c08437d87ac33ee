import SQJobsCore

/// Brings a schema up to date, and says whether it is.
///
/// What was applied is recorded in the schema's table `migrations`. Any number of processes may migrate at once: they take
/// turns by an advisory lock of the schema's own.
struct PostgresMigrator: Sendable {
    private let migrations: [PostgresMigration]
    private let schema: PostgresSchema
    private let pool: PostgresPool

    /// How long a migration may take, and wait for another process's.
    private static let timeout = Duration.seconds(3_600)

    /// Makes a migrator.
    ///
    /// - Parameters:
    ///   - migrations: All that this program knows, numbered from 1 without a gap.
    ///   - pool: The server, whose URL names the schema.
    init(_ migrations: [PostgresMigration], pool: PostgresPool) {
        self.migrations = migrations
        schema = pool.url.schema
        self.pool = pool
    }

    /// The migrations that the schema still needs, in order.
    ///
    /// - Throws: ``SQJobsError`` with code `schemaTooNew`; ``PostgresError``; `CancellationError`.
    func pending() async throws -> [PostgresMigration] {
        try await pool.withConnection { try await pending(on: $0) }
    }

    /// Applies what is pending, each migration in a transaction of its own.
    ///
    /// - Returns: What this call applied, in order.
    /// - Throws: ``SQJobsError`` with code `schemaTooNew`; ``PostgresError``; `CancellationError`.
    func migrate() async throws -> [PostgresMigration] {
        try await pool.withConnection { connection in
            // Most calls have nothing to do, and may be made by a user who has no right to do it.
            guard try await !pending(on: connection).isEmpty else { return [] }
            return try await withLock(on: connection) {
                try await makeRoom(on: connection)
                let pending = try await pending(on: connection)
                for migration in pending { try await apply(migration, on: connection) }
                return pending
            }
        }
    }

    /// Makes sure that the schema is this program's.
    ///
    /// - Throws: ``SQJobsError`` with code `schemaTooOld` that says to run migrate, or `schemaTooNew` that says which
    ///   version this program knows; ``PostgresError``; `CancellationError`.
    func check() async throws {
        guard let first = try await pending().first, let last = migrations.last else { return }
        throw SQJobsError(
            .schemaTooOld,
            "The schema “\(schema)” of \(pool.url) has version \(first.number - 1) and this program needs version"
                + " \(last.number): run `migrate` first.")
    }

    private func pending(on connection: PostgresConnection) async throws -> [PostgresMigration] {
        let version = try await version(on: connection)
        let known = migrations.last?.number ?? 0
        guard version <= known else {
            throw SQJobsError(
                .schemaTooNew,
                "The schema “\(schema)” of \(pool.url) has version \(version) and this program knows version \(known):"
                    + " run a newer program, or use another schema.")
        }
        return migrations.filter { $0.number > version }
    }

    private func version(on connection: PostgresConnection) async throws -> Int {
        let table = schema.qualified("migrations")
        let found = try await connection.execute(
            PostgresStatement("SELECT to_regclass($1) IS NOT NULL", .text(table)))
        guard try found.first?.value(0) == true else { return 0 }
        let rows = try await connection.execute(
            PostgresStatement("SELECT coalesce(max(number), 0) FROM \(table)"))
        return try rows.first?.value(0) ?? 0
    }

    /// The lock ends with the connection, should it break or this process die.
    private func withLock<Result>(
        on connection: PostgresConnection, isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let key = PostgresValue.text("sqjobs.migrations.\(schema.name)")
        _ = try await connection.execute(
            PostgresStatement("SELECT pg_advisory_lock(hashtextextended($1, 0))", key), timeout: Self.timeout)
        do {
            let result = try await body()
            _ = try await connection.execute(
                PostgresStatement("SELECT pg_advisory_unlock(hashtextextended($1, 0))", key))
            return result
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Makes schema and table if they are not there. To ask for what is there takes no rights, `IF NOT EXISTS` does.
    private func makeRoom(on connection: PostgresConnection) async throws {
        let found = try await connection.execute(
            PostgresStatement("SELECT to_regnamespace($1) IS NOT NULL", .text(schema.quoted)))
        var statements: [PostgresStatement] = []
        if try found.first?.value(0) != true {
            statements.append(PostgresStatement("CREATE SCHEMA IF NOT EXISTS \(schema.quoted)"))
        }
        statements.append(
            PostgresStatement(
                """
                CREATE TABLE IF NOT EXISTS \(schema.qualified("migrations")) (
                    number integer PRIMARY KEY,
                    name text NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now()
                )
                """))
        _ = try await connection.pipeline(statements)
    }

    private func apply(_ migration: PostgresMigration, on connection: PostgresConnection) async throws {
        let record = PostgresStatement(
            "INSERT INTO \(schema.qualified("migrations")) (number, name) VALUES ($1, $2)", .integer(migration.number),
            .text(migration.name))
        let statements = migration.statements.map { PostgresStatement($0) } + [record]
        try await connection.transaction { connection in
            // One by one: a statement may need what the one before it made when it is prepared.
            for statement in statements { _ = try await connection.execute(statement, timeout: Self.timeout) }
        }
    }
}
