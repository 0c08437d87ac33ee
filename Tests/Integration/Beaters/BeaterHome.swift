import Foundation
import SQJobsCore
import SQJobsPeriodic
import SQJobsPostgres
import SQJobsResults
import SQJobsSQLite
import TestSurroundings

/// Which database the beaters share, and how many of them there are.
enum Beaters: String, CustomStringConvertible {
    case postgres
    case sqlite

    var count: Int {
        switch self {
        case .postgres: 4
        case .sqlite: 2
        }
    }

    var description: String {
        switch self {
        case .postgres: "PostgreSQL"
        case .sqlite: "SQLite"
        }
    }
}

/// A database of a test's own, and the processes on it.
struct BeaterHome: Sendable {
    private let folder: TemporaryFolder
    private let url: String

    init(_ kind: Beaters) throws {
        folder = try TemporaryFolder()
        switch kind {
        case .postgres:
            let schema = "t_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
            url = "\(try TestServer.variable("SQJOBS_TEST_POSTGRES_URL"))?schema=\(schema)&pool=4"
        case .sqlite: url = "sqlite:\(folder.url.appending(path: "jobs.sqlite").path)"
        }
    }

    /// Starts a beater whose queues are on SQS.
    func start(_ server: TestServer) throws -> ChildProcess {
        try ChildProcess(
            WorkerProcess.program.path, ["hasty-beater"],
            environment: server.environment.merging([
                "SQJOBS_STORE": url, "SQJOBS_BROKER": "sqs:", "SQJOBS_LOG_LEVEL": "error",
                "SQJOBS_TEST_JOURNAL": folder.url.appending(path: "journal").path,
            ]) { _, new in new })
    }

    /// Lends the store, with its tables.
    func withStore<Value>(_ body: (any ScheduleStore & ResultStore) async throws -> Value) async throws -> Value {
        let store = try await open()
        do {
            try await store.migrate()
            let value = try await body(store)
            await store.shutdown()
            return value
        } catch {
            await store.shutdown()
            throw error
        }
    }

    private func open() async throws -> any ScheduleStore & ResultStore {
        guard url.hasPrefix("sqlite:") else { return try await PostgresStore(url: url) }
        return try SQLiteStore(path: String(url.dropFirst("sqlite:".count)))
    }
}
