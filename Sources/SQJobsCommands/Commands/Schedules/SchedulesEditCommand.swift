import ArgumentParser
import SQJobsCore
import SQJobsPeriodic

/// `manage schedules edit`: changes a schedule.
struct SchedulesEditCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change a schedule that was added.",
        discussion: """
            What is not given stays as it is; the next firing is reckoned anew if expression or time zone change. The \
            schedules of registered jobs are changed in their classes.

            Examples:
              schedules edit report-es --schedule "0 8 * * MON-FRI"
              schedules edit close --kwargs '{"shop": 5}' --lateness none
            """)

    @Argument(help: "The schedule's name.")
    var schedule: String

    @Option(help: ArgumentHelp("The job's name.", valueName: "name"))
    var job: String?

    @Option(
        help: ArgumentHelp("The positional arguments: a JSON array.", valueName: "json"),
        transform: JSONArgument.positional)
    var args: [JSONValue]?

    @Option(
        help: ArgumentHelp("The keywords: a JSON object.", valueName: "json"), transform: JSONArgument.keywords)
    var kwargs: [String: JSONValue]?

    @OptionGroup var when: ScheduleArguments

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let schedules = try await app.schedules()
        let now = app.clock.now()
        try await schedules.change(schedule) { changed in
            if let job { changed.job = job }
            if args != nil || kwargs != nil {
                changed.arguments = try JobArguments(
                    args: args ?? changed.arguments.positional(), kwargs: kwargs ?? changed.arguments.keywords())
            }
            try when.apply(to: &changed)
            if let job = app.jobs[changed.job] { try JobCall.check(try changed.sampleArguments(at: now), job.type) }
        }
        let status = try await schedules.status(of: schedule)
        app.console.output.print("Changed the schedule \(schedule), which fires next at \(status.nextText).")
    }
}
