import Foundation
import SQJobsCommands
import SQJobsSQLite

/// An app that lists SQLite first, so that one file is its broker and its store, with a periodic job.
struct EmbeddedApp: SQJobsApp {
    static let commandName = "manage"
    static let backends: [any Backend.Type] = [EmbeddedBackend.self, TestBackend.self]

    static func configure(_ app: inout Application) async throws {
        app.jobs = JobRegistry {
            AdderJob()
            ReportJob()
            HourlyJob()
        }
    }
}

/// Fires when the clock in Madrid shows five past.
final class HourlyJob: PeriodicJob {
    override class var name: String { "hourly" }
    override class var queue: QueueName { "chores.fifo" }
    override class var schedule: CronExpression { "5 * * * *" }
    override class var timeZone: String { "Europe/Madrid" }

    override func run(_ tick: Tick) async throws {}
}

/// SQLite, with a default file in the folder of the test that runs.
enum EmbeddedBackend: Backend {
    @TaskLocal static var folder = "/nowhere"

    static let schemes = SQLiteBackend.schemes
    static let parts = SQLiteBackend.parts
    static var defaultURL: String { "sqlite:\(folder)/sqjobs.sqlite" }
    static let usage = SQLiteBackend.usage

    static func connect(url: String, environment: [String: String]) async throws -> BackendConnection {
        try await SQLiteBackend.connect(url: url, environment: environment)
    }
}

/// A command line of ``EmbeddedApp`` without any setting, in a folder of its own.
struct EmbeddedSession {
    var session: CommandLineSession
    let folder: URL

    init(signals: AsyncStream<String> = AsyncStream { _ in }) throws {
        session = try CommandLineSession(signals: signals)
        session.environment["SQJOBS_BROKER"] = nil
        folder = FileManager.default.temporaryDirectory.appending(path: "sqjobs-\(session.name)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    /// The file that the app falls back on.
    var url: String { "sqlite:\(folder.path)/sqjobs.sqlite" }

    func run(_ arguments: String...) async -> CommandResult {
        await EmbeddedBackend.$folder.withValue(folder.path) {
            await session.run(EmbeddedApp.self, arguments)
        }
    }

    /// Does something with the file, beside the commands.
    @discardableResult
    func withStore<Value>(_ body: (SQLiteStore) async throws -> Value) async throws -> Value {
        let store = try SQLiteStore(path: "\(folder.path)/sqjobs.sqlite")
        do {
            let value = try await body(store)
            await store.shutdown()
            return value
        } catch {
            await store.shutdown()
            throw error
        }
    }

    func removeFolder() {
        try? FileManager.default.removeItem(at: folder)
    }
}
