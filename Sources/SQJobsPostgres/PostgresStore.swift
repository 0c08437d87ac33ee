public import Logging
public import SQJobsCore

/// A store in a PostgreSQL database, for as many machines as one likes.
///
/// ```swift
/// let store = try await PostgresStore(url: "postgres://app@db.example.com/shop")
/// try await store.migrate()
/// let results = Results(store)
/// ```
///
/// The URL is libpq's, with all its settings, and two of ours: `schema`, the schema of the store's tables (`sqjobs` unless
/// given), and `pool`, how many connections there are at most (10 unless given). One more listens, once somebody has
/// waited for a job.
public final class PostgresStore: JobStore {
    let pool: PostgresPool
    let listener: PostgresListener
    let resultRows: ResultRows
    let resultNotices: PostgresResultNotices
    let queues: PostgresQueues
    let sender: PostgresSender
    private let migrator: PostgresMigrator

    /// Opens a store and makes its first connection, so that what is wrong with the URL is told here. From then on the
    /// server may come and go. A new database needs ``migrate()``.
    ///
    /// - Parameters:
    ///   - url: Where the database is: `postgresql://USER:PASSWORD@HOST:PORT/DATABASE?schema=sqjobs&pool=10`. What it leaves
    ///     out libpq takes from where `psql` does, such as `PGPASSWORD` and `.pgpass`.
    ///   - clock: What measures time-outs; the times of rows are the database's.
    ///   - logger: Is told of trouble with connections.
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` or `credentials` when the URL or the login is wrong,
    ///   `storeUnavailable` when the server cannot be reached.
    public init(
        url: String, clock: JobClock = .system, logger: Logger = Logger(label: "sqjobs.postgres")
    ) async throws {
        let url = try PostgresURL(url)
        pool = PostgresPool(url, clock: clock, logger: logger)
        listener = PostgresListener(url, clock: clock, logger: logger)
        migrator = PostgresMigrator(PostgresMigration.all(in: url.schema), pool: pool)
        resultRows = ResultRows(pool)
        resultNotices = PostgresResultNotices(listener, schema: url.schema)
        queues = PostgresQueues(pool, listener)
        sender = PostgresSender(queues, clock: clock)
        do {
            try await using { pool in try await pool.withConnection { _ in } }
        } catch {
            await shutdown()
            throw error
        }
    }

    /// The migrations that the schema still needs.
    public func pendingMigrations() async throws -> [StoreMigration] {
        try await using { [migrator] _ in try await migrator.pending().map(\.description) }
    }

    /// Brings the schema up to date, and makes it if there is none: each migration in a transaction of its own, under a
    /// lock that other processes which migrate wait for.
    @discardableResult
    public func migrate() async throws -> [StoreMigration] {
        try await using { [migrator] _ in try await migrator.migrate().map(\.description) }
    }

    /// Closes the connections, once what they carry out is done.
    public func shutdown() async {
        queues.shutDown()
        await listener.shutdown()
        await pool.shutdown()
        await LibpqThreads.waitForEnd()
    }

    /// Uses the connections; what they throw becomes an error for users.
    func using<Value: Sendable>(_ body: @Sendable (PostgresPool) async throws -> Value) async throws -> Value {
        do {
            return try await body(pool)
        } catch let error as PostgresError {
            throw error.storeError(at: pool.url)
        }
    }
}
