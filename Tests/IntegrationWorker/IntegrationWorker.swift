import ArgumentParser
import SQJobsCommands
import SQJobsPostgres
import SQJobsSQLite
import SQJobsSQS

/// An app whose jobs note in a file when they start and end, so that tests can kill its workers and see what was lost.
@main
struct IntegrationWorker: SQJobsApp {
    static let backends: [any Backend.Type] = [SQSBackend.self, SQLiteBackend.self, PostgresBackend.self]
    static let commands: [any AsyncParsableCommand.Type] = [HastyBeaterCommand.self]

    static func configure(_ app: inout Application) async throws {
        guard let path = app.environment["SQJOBS_TEST_JOURNAL"] else {
            throw SQJobsError(
                .invalidConfiguration, "SQJOBS_TEST_JOURNAL is not set: name the file that jobs write to.")
        }
        ParentWatch.start()
        let journal = try Journal(path: path)
        app.jobs = JobRegistry {
            WaitingJob(journal: journal)
            BlockingJob(journal: journal)
            LineCountJob()
        }
        app.recording.keepsArguments = true
    }
}
