import GRDB
public import SQJobsCore

/// A store in one SQLite file: no server, and as many processes of one machine on it as one likes.
///
/// ```swift
/// let store = try SQLiteStore(path: "jobs.sqlite")
/// try await store.migrate()
/// let results = Results(store)
/// ```
///
/// The file has a write-ahead log, so that readers and the one writer do not wait for one another; beside it lie two
/// files of the same name with `-wal` and `-shm`. It must not lie on a network's file system, where SQLite's locks do not
/// work (<https://www.sqlite.org/wal.html>).
public final class SQLiteStore: JobStore {
    /// The file's path.
    public let path: String
    let clock: JobClock
    private let pool: DatabasePool
    private let writer: SQLiteWriter
    let signals = QueueSignals()
    let watch: FileWatch
    let knownQueues = KnownQueues()

    /// How long a write waits for those of other processes before it is taken for stuck.
    private static let patience = 30.0
    /// How many reads run at once.
    private static let readers = 4

    /// Opens a store, and makes its file if there is none. A new file needs ``migrate()``.
    ///
    /// - Parameters:
    ///   - path: The file's path; its folder must be there.
    ///   - durability: What is promised of a write that returned.
    ///   - clock: The store's times: all processes on one file must share them, as those of one machine do.
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` when the file cannot be made, read or written, or is no
    ///   database.
    public init(path: String, durability: SQLiteDurability = .processes, clock: JobClock = .system) throws {
        guard !path.isEmpty, path != ":memory:" else {
            throw SQJobsError(
                .invalidConfiguration,
                "A store in SQLite needs a file that processes can share: give it a path, such as jobs.sqlite.")
        }
        self.path = path
        self.clock = clock
        var configuration = Configuration()
        configuration.label = "sqjobs"
        configuration.busyMode = .timeout(Self.patience)
        configuration.maximumReaderCount = Self.readers
        do {
            pool = try SQLiteOpening.pool(path: path, configuration: configuration)
            if durability == .machine {
                try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            }
        } catch {
            throw SQLiteFault.opening(path, error)
        }
        writer = SQLiteWriter(pool)
        watch = FileWatch(path: path, clock: clock, signals: signals)
    }

    /// The migrations that the file still needs.
    public func pendingMigrations() async throws -> [StoreMigration] {
        try await read { try SQLiteMigration.pending(in: $0).map(\.description) }
    }

    /// Brings the file up to date, in one transaction.
    @discardableResult
    public func migrate() async throws -> [StoreMigration] {
        let clock = clock
        return try await write { try SQLiteMigration.apply(to: $0, at: clock.now()).map(\.description) }
    }

    /// Closes the file.
    public func shutdown() async {
        signals.shutDown()
        await watch.close()
        try? pool.close()
    }

    /// Reads; what is read is of one instant.
    func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw SQLiteFault.using(path, error)
        }
    }

    /// Writes, and returns once that is committed; no other process's write comes between.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await writer.write(body)
        } catch {
            throw SQLiteFault.using(path, error)
        }
    }
}
