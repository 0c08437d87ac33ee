import Foundation
import SQJobsCommands
import SQJobsSQLite

/// An app with a job that stores its result, and one that enqueues it.
struct ResultApp: SQJobsApp {
    static let commandName = "manage"
    static let backends: [any Backend.Type] = [TestBackend.self, SQLiteBackend.self, ShelfBackend.self]

    static func configure(_ app: inout Application) async throws {
        let connected = app
        app.jobs = JobRegistry {
            AdderJob()
            ReportJob()
            OrderingJob(app: connected)
        }
        app.recording.keepsArguments = app.environment["FORGETFUL"] == nil
    }
}

/// Counts the lines of a file, and fails for good while there is none.
final class ReportJob: ResultJob<String, ReportJob.Report> {
    struct Report: Codable, Sendable {
        var lines: Int
    }

    override class var name: String { "report" }
    override class var queue: QueueName { "sums" }

    override func run(_ path: String) async throws -> Report {
        context.progress(0.5, "reading")
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { throw Discard("there is no file") }
        return Report(lines: text.split(separator: "\n").count)
    }
}

/// Enqueues a report, through the app as it was before its jobs were registered.
final class OrderingJob: Job<String, Void> {
    override class var name: String { "ordering" }
    override class var queue: QueueName { "tickets" }

    private let app: Application

    init(app: Application) {
        self.app = app
    }

    override func run(_ path: String) async throws {
        try await app.broker().enqueue(ReportJob.self, path, .id("ordered"))
    }
}

/// A command line of ``ResultApp`` with a store in a file of its own.
struct ResultSession {
    var session: CommandLineSession
    let folder: URL
    /// The file that reports count the lines of.
    let file: String

    /// Makes a session, whose store is migrated unless it is to be of an old schema.
    init(isMigrated: Bool = true) async throws {
        session = try CommandLineSession()
        folder = FileManager.default.temporaryDirectory.appending(path: "sqjobs-\(session.name)")
        file = folder.appending(path: "text").path
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        session.environment["SQJOBS_STORE"] = "sqlite:\(folder.path)/jobs.sqlite"
        guard isMigrated else { return }
        let result = await run("migrate")
        guard result.code == 0 else { throw SQJobsError(.storeRefused, result.error) }
    }

    func run(_ arguments: String...) async -> CommandResult {
        await session.run(ResultApp.self, arguments)
    }

    /// Enqueues a report.
    ///
    /// - Returns: Its id.
    func enqueueReport() async throws -> String {
        struct Ticket: Decodable {
            let id: String
        }
        return try await run("enqueue", "report", file, "--json").json(Ticket.self).id
    }

    func writeFile() throws {
        try Data("one\ntwo\n".utf8).write(to: URL(filePath: file))
    }

    func removeFolder() {
        try? FileManager.default.removeItem(at: folder)
    }
}
