import Jobs
import SQJobsCommands
import SQJobsSQLite
import SQJobsSQS

/// The example's command line: `manage worker my_queue`, `manage enqueue adder_job 1 2 3`, `manage --help`. A store for results is
/// named by `--store sqlite:jobs.sqlite`.
@main
struct Manage: SQJobsApp {
    static let backends: [any Backend.Type] = [SQSBackend.self, SQLiteBackend.self]

    static func configure(_ app: inout Application) async throws {
        app.jobs = .example
        // Reports hold no secrets, so those that failed may be run again by their ids.
        app.recording.keepsArguments = true
    }
}
