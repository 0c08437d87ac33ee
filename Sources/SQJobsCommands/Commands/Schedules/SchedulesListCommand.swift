import ArgumentParser
import SQJobsCore
import SQJobsPeriodic

/// `manage schedules list`: the schedules, and when they fire.
struct SchedulesListCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the schedules with their last and next firings.",
        discussion: """
            Times are those of each schedule's own time zone. A registered job's schedule is listed once a beater has \
            started; it is “gone” once its job is no longer registered.

            Examples:
              schedules
              schedules list --after report-es --limit 500 --json
            """)

    @Option(help: ArgumentHelp("How many to list at most.", valueName: "count"))
    var limit = 100

    @Option(help: ArgumentHelp("Go on behind this schedule.", valueName: "name"))
    var after: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if !(1...10_000).contains(limit) { throw ValidationError("--limit is \(limit): write 1 to 10000.") }
    }

    func run(_ app: Application) async throws {
        let statuses = try await app.schedules().list(after: after, limit: limit)
        let output = app.console.output
        guard !json else { return try output.print(json: try statuses.map { try ScheduleDocument($0) }) }
        var table = Table([
            ("NAME", .left), ("JOB", .left), ("QUEUE", .left), ("SCHEDULE", .left), ("TIME ZONE", .left),
            ("STATE", .left), ("LAST", .left), ("NEXT", .left),
        ])
        for status in statuses {
            let schedule = status.schedule
            table.add([
                schedule.name, schedule.job, schedule.queue.rawValue, schedule.expression.description,
                schedule.timeZone, status.state.description, status.lastText, status.nextText,
            ])
        }
        output.print(table, orIfEmpty: "There is no schedule.")
        if statuses.count == limit, let last = statuses.last {
            output.print("There may be more: add --after \(last.schedule.name)")
        }
    }
}
