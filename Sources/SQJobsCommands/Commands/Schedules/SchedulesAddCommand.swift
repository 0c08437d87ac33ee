import ArgumentParser
import SQJobsCore
import SQJobsPeriodic

/// `manage schedules add`: adds a schedule.
struct SchedulesAddCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a schedule for a job.",
        discussion: """
            The job may have several schedules, each with a name and arguments of its own. The arguments of a job that is \
            registered here are checked; one that is not needs --queue. Beaters that run take the schedule up by themselves.

            Examples:
              schedules add report-es report --schedule "0 7 * * MON-FRI" --time-zone Europe/Madrid
              schedules add sweep clean_up 30 --schedule "*/10 * * * *" --queue chores --missed skip
              schedules add close close_day --schedule "1 0 * * *" --kwargs '{"shop": 4}' --lateness 2h
            """)

    @Argument(help: "The schedule's name.")
    var schedule: String

    @OptionGroup var call: JobCall

    @OptionGroup var when: ScheduleArguments

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        guard let expression = when.schedule else {
            throw SQJobsError(
                .invalidConfiguration, "Nothing says when the schedule fires: add --schedule with a cron expression.")
        }
        let job = app.jobs[call.name]
        guard let queue = when.queue ?? job?.queue else {
            throw SQJobsError(
                .unknownJob,
                "No job named “\(call.name)” is registered here: name it as the command `jobs` lists it, or say with"
                    + " --queue where it goes.", job: call.name)
        }
        var added = try Schedule(
            schedule, job: call.name, queue: queue, try ScheduleArguments.expression(expression, of: schedule),
            args: call.args.map(JSONArgument.value), kwargs: call.kwargs)
        try when.apply(to: &added)
        if let job { try JobCall.check(try added.sampleArguments(at: app.clock.now()), job.type) }
        let schedules = try await app.schedules()
        try await schedules.add(added)
        let status = try await schedules.status(of: schedule)
        app.console.output.print("Added the schedule \(schedule), which fires next at \(status.nextText).")
    }
}
