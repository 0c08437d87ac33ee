import ArgumentParser
import SQJobsCore
import SQJobsResults

/// `manage results list`: the jobs that the store knows.
struct ResultsListCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the jobs that the store knows, newest first.",
        discussion: """
            A job's time is that at which the store first heard of it. Outputs are shown by `status ID`.

            Examples:
              results
              results list --state failure --queue mail --since 1d
              results list --job send_ticket --since 2026-11-01 --before 2026-12-01 --json
            """)

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The jobs' state: pending, running, success or failure. Can be given several times.", valueName: "state"),
        completion: .list(JobState.allCases.map { $0.rawValue.lowercased() }), transform: StateArgument.state)
    var state: [JobState] = []

    @Option(help: ArgumentHelp("The jobs' name.", valueName: "name"))
    var job: String?

    @Option(
        help: ArgumentHelp("The queue that they were sent to.", valueName: "queue"), transform: { QueueName($0) })
    var queue: QueueName?

    @Option(
        help: ArgumentHelp(
            "Jobs of this time or later: an age such as 2h, 2026-11-22, 2026-11-22T09:30:00Z.", valueName: "time"),
        transform: MomentArgument.moment)
    var since: MomentArgument?

    @Option(
        help: ArgumentHelp("Jobs before this time, written in the same ways.", valueName: "time"),
        transform: MomentArgument.moment)
    var before: MomentArgument?

    @Option(help: ArgumentHelp("How many to list at most.", valueName: "count"))
    var limit = 50

    @Option(
        help: ArgumentHelp("Go on where a page ended: what it printed at its end.", valueName: "place"),
        transform: CursorArgument.cursor)
    var after: ResultCursor?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if !(1...10_000).contains(limit) { throw ValidationError("--limit is \(limit): write 1 to 10000.") }
    }

    func run(_ app: Application) async throws {
        let now = app.clock.now()
        let filter = ResultFilter(
            states: Set(state), name: job, queue: queue, createdFrom: since?.date(at: now),
            createdBefore: before?.date(at: now))
        let page = try await app.results().list(filter, after: after, limit: limit)
        let output = app.console.output
        guard !json else { return try output.print(json: Page(page)) }
        var table = Table([
            ("ID", .left), ("JOB", .left), ("QUEUE", .left), ("STATE", .left), ("ATTEMPT", .right), ("CREATED", .left),
            ("", .left),
        ])
        for status in page.statuses {
            table.add([
                status.id, status.name, status.queue.rawValue, status.stateText, "\(status.attempt)",
                WireDate.text(status.createdAt), Self.remark(on: status),
            ])
        }
        output.print(table, orIfEmpty: "The store knows no such job.")
        if let next = page.next { output.print("There are more: add --after \(next)") }
    }

    private struct Page: Encodable {
        let jobs: [StatusDocument]
        let next: String?

        init(_ page: ResultPage) throws {
            jobs = try page.statuses.map { try StatusDocument($0) }
            next = page.next?.description
        }
    }

    /// What a line has room for of a running job's progress, or of an error.
    private static func remark(on status: JobStatus) -> String {
        let text = status.state == .running ? status.progressText : status.error?.description
        guard let text, text.count > longestRemark else { return text ?? "" }
        return text.prefix(longestRemark - 1) + "…"
    }

    private static let longestRemark = 60
}
