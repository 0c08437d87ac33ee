import Jobs
import SQJobsCommands
import SQJobsSQS

/// The example's command line: `manage worker my_queue`, `manage enqueue adder_job 1 2 3`, `manage --help`.
@main
struct Manage: SQJobsApp {
    static let backends: [any Backend.Type] = [SQSBackend.self]

    static func configure(_ app: inout Application) async throws {
        app.jobs = .example
    }
}
