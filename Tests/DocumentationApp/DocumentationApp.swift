import DocumentationContext
import SQJobsCommands
import SQJobsPostgres
import SQJobsSQLite
import SQJobsSQS

/// The app whose command line the pages show.
@main
struct DocumentationApp: SQJobsApp {
    static let backends: [any Backend.Type] = [SQLiteBackend.self, SQSBackend.self, PostgresBackend.self]

    static func configure(_ app: inout Application) async throws {
        app.jobs = jobs
        app.recording.keepsArguments = true
    }
}
