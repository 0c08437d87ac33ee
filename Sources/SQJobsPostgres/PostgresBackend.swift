public import SQJobsCore
import SQJobsPeriodic
import SQJobsResults

/// A PostgreSQL database by URL, for a command line: `postgresql://app@db.example.com/shop`.
public struct PostgresBackend: Backend {
    /// `postgresql` and `postgres`.
    public static let schemes = ["postgresql", "postgres"]
    /// A database is a store and a broker.
    public static let parts: Set<BackendPart> = [.broker, .store]
    /// The database that libpq's own variables and files name.
    public static let defaultURL = "postgresql://"
    /// How the URL is written.
    public static let usage = "postgresql://USER@HOST:PORT/DATABASE, with ?schema=NAME and libpq's own"

    /// Opens a database.
    ///
    /// - Parameters:
    ///   - url: The URL, as ``PostgresStore/init(url:clock:logger:)`` takes it.
    ///   - environment: Not looked at: libpq reads the process's own.
    /// - Returns: The database as a broker, and as a store of results, schedules and outgoing jobs.
    /// - Throws: `SQJobsError` with code `invalidConfiguration` or `credentials` when the URL or the login is wrong,
    ///   `storeUnavailable` when the server cannot be reached.
    public static func connect(url: String, environment: [String: String]) async throws -> BackendConnection {
        let store = try await PostgresStore(url: url)
        return BackendConnection(store: store, broker: store.broker)
            .serving(.results, with: store).serving(.schedules, with: store).serving(.outbox, with: store)
    }
}
