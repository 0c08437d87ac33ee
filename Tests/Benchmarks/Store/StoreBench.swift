import Foundation
import SQJobsPostgres
import SQJobsSQLite

/// Measures stores; a line of JSON a run.
///
///     store-bench results STORE COUNT BATCH    claims and completions through a store, so many in a call
///     store-bench limit STORE COUNT BATCH      the same statements through the database's own API in one loop
///     store-bench execute ENDPOINT COUNT CONCURRENCY [STORE]   no-op jobs through a worker on SQS, their results recorded or not
///
/// STORE is `sqlite:PATH`, whose file is made, or the URL of a PostgreSQL database, whose limit is `bench-postgres-limit`.
@main
struct StoreBench {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 4, let count = Int(arguments[2]) else { throw Usage() }
        switch (arguments[0], Int(arguments[3])) {
        case ("results", let batch?):
            let store = try await open(arguments[1])
            try report(try await ResultRounds(store: store, count: count, batch: batch).seconds(), of: count)
        case ("limit", let batch?):
            try await open(arguments[1]).shutdown()
            try report(try SQLiteLimit(path: path(arguments[1]), count: count, batch: batch).seconds(), of: count)
        case ("execute", let concurrency?):
            let store = arguments.count > 4 ? try await open(arguments[4]) : nil
            let execution = TrackedExecution(
                endpoint: arguments[1], count: count, concurrency: concurrency, store: store)
            try report(try await execution.seconds(), of: count)
        default:
            throw Usage()
        }
    }

    private static func open(_ url: String) async throws -> any ResultStore {
        if url.hasPrefix("postgres") {
            let store = try await PostgresStore(url: url)
            try await store.migrate()
            return store
        }
        let store = try SQLiteStore(path: path(url))
        try await store.migrate()
        return store
    }

    private static func path(_ url: String) throws -> String {
        guard url.hasPrefix("sqlite:") else { throw Usage() }
        return String(url.dropFirst("sqlite:".count))
    }

    private static func report(_ seconds: Double, of count: Int) throws {
        let figures = ["count": Double(count), "seconds": seconds, "per_second": Double(count) / seconds]
        print(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
    }

    private struct Usage: Error, CustomStringConvertible {
        let description =
            "usage: store-bench results|limit STORE COUNT BATCH, store-bench execute ENDPOINT COUNT CONCURRENCY [STORE]"
    }
}
