import Foundation
public import SQJobsCore
import SQJobsPeriodic
import SQJobsResults

/// A SQLite file by URL, for a command line: `sqlite:jobs.sqlite`, `sqlite:///var/lib/app/jobs.sqlite`.
public struct SQLiteBackend: Backend {
    /// `sqlite`.
    public static let schemes = ["sqlite"]
    /// A file is a store and a broker.
    public static let parts: Set<BackendPart> = [.broker, .store]
    /// `sqjobs.sqlite` in the folder that the process runs in.
    public static let defaultURL = "sqlite:sqjobs.sqlite"
    /// How the URL is written.
    public static let usage = "sqlite:FILE or sqlite:///PATH, with ?durability=machine to outlive power cuts"

    /// Opens a file, and makes it if there is none.
    ///
    /// - Parameters:
    ///   - url: `sqlite:` and the file's path, relative or absolute, with `%` before what a URL cannot hold; `durability`
    ///     in its query is `processes`, the default, or `machine`.
    ///   - environment: Not looked at.
    /// - Returns: The file as a broker, and as a store of results, schedules and outgoing jobs.
    /// - Throws: `SQJobsError` with code `invalidConfiguration` when the URL or the file cannot be used.
    public static func connect(url: String, environment: [String: String]) async throws -> BackendConnection {
        let store = try SQLiteStore(path: try path(of: url), durability: try durability(of: url))
        return BackendConnection(store: store, broker: store.broker)
            .serving(.results, with: store).serving(.schedules, with: store).serving(.outbox, with: store)
    }

    /// The path stands behind `sqlite:`, or behind `sqlite://` and no host.
    private static func path(of url: String) throws -> String {
        guard let colon = url.firstIndex(of: ":"), url[..<colon].lowercased() == schemes[0] else {
            throw invalid("it does not begin with sqlite:")
        }
        var path = url[url.index(after: colon)...].prefix { $0 != "?" }
        if path.hasPrefix("//") {
            path = path.dropFirst(2)
            guard path.hasPrefix("/") else {
                throw invalid("“\(path.prefix { $0 != "/" })” stands where a host would, and a file has none")
            }
        }
        guard let decoded = path.removingPercentEncoding, !decoded.utf8.contains(0) else {
            throw invalid("a % in its path is not followed by two hexadecimal digits of a character")
        }
        guard !decoded.isEmpty else { throw invalid("it names no file") }
        return decoded
    }

    private static func durability(of url: String) throws -> SQLiteDurability {
        guard let mark = url.firstIndex(of: "?") else { return .processes }
        switch url[url.index(after: mark)...] {
        case "", "durability=processes": return .processes
        case "durability=machine": return .machine
        default: throw invalid("its query holds something other than durability=processes or durability=machine")
        }
    }

    private static func invalid(_ reason: String) -> SQJobsError {
        SQJobsError(.invalidConfiguration, "The URL of SQLite cannot be used, because \(reason): write \(usage).")
    }
}
