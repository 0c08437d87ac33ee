import ArgumentParser
import SQJobsCore
import SQJobsPeriodic
import SQJobsResults

/// `manage jobs`: lists the registered jobs.
struct JobsCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "List the registered jobs.",
        discussion: """
            Needs no broker. A job without a number of attempts has as many as its queue gives it. RESULT says whether \
            what becomes of a job is kept where a store is named, SCHEDULE when beaters enqueue it by themselves.

            Examples:
              jobs
              jobs --json
            """)

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let jobs = app.jobs.jobs
        guard !json else { return try app.console.output.print(json: jobs.map(Row.init)) }
        var table = Table([
            ("NAME", .left), ("CLASS", .left), ("QUEUE", .left), ("RETRY", .left), ("ATTEMPTS", .right),
            ("TIME-OUT", .right), ("RESULT", .left), ("SCHEDULE", .left),
        ])
        for job in jobs {
            table.add([
                job.name, job.typeName, job.queue.rawValue, job.type.retryPolicy.description,
                job.type.maximumAttempts.map(String.init) ?? "-", job.type.timeout.map(DurationArgument.text) ?? "-",
                job.storesResult ? "stored" : "-", job.scheduled.map { "\($0.schedule) \($0.timeZone)" } ?? "-",
            ])
        }
        app.console.output.print(table, orIfEmpty: "No job is registered.")
    }

    private struct Row: Encodable {
        let name: String
        let `class`: String
        let queue: String
        let retryPolicy: String
        let maximumAttempts: Int?
        let timeoutSeconds: Double?
        let storesResult: Bool
        let schedule: String?
        let timeZone: String?

        init(_ job: RegisteredJob) {
            name = job.name
            `class` = job.typeName
            queue = job.queue.rawValue
            retryPolicy = job.type.retryPolicy.description
            maximumAttempts = job.type.maximumAttempts
            timeoutSeconds = job.type.timeout.map { $0 / .seconds(1) }
            storesResult = job.storesResult
            schedule = job.scheduled?.schedule.description
            timeZone = job.scheduled?.timeZone
        }
    }
}

extension RegisteredJob {
    /// The job's class, if beaters enqueue it.
    fileprivate var scheduled: (any Scheduled.Type)? { type as? any Scheduled.Type }
}
