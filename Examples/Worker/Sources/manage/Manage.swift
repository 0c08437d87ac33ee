import Jobs
import SQJobsCommands
import SQJobsPostgres
import SQJobsSQLite
import SQJobsSQS

/// The example's command line: `manage migrate`, `manage worker`, `manage beater`, `manage enqueue adder_job 1 2 3`,
/// `manage --help`.
///
/// The first backend is the default: without any setting the file `sqjobs.sqlite` is broker and store. `SQJOBS_BROKER=sqs:`
/// and `SQJOBS_BROKER=postgresql://…` name another.
@main
struct Manage: SQJobsApp {
    static let backends: [any Backend.Type] = [SQLiteBackend.self, SQSBackend.self, PostgresBackend.self]

    static func configure(_ app: inout Application) async throws {
        app.jobs = .jobs
        // Reports hold no secrets, so those that failed may be run again by their ids.
        app.recording.keepsArguments = true
    }
}
