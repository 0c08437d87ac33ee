import ArgumentParser
import SQJobsCore
import SQJobsCron
import SQJobsPeriodic

/// When a schedule fires, as `schedules add` and `schedules edit` take it.
struct ScheduleArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "When it fires: a cron expression of five fields or six, or a macro such as @daily, in quotes.",
            valueName: "expression"))
    var schedule: String?

    @Option(help: ArgumentHelp("The time zone whose clock is meant, such as Europe/Madrid.", valueName: "name"))
    var timeZone: String?

    @Option(
        help: ArgumentHelp("The queue that its jobs go to.", valueName: "queue"), transform: { QueueName($0) })
    var queue: QueueName?

    @Option(
        help: ArgumentHelp(
            "What becomes of firings that no beater was there for: skip, latest, or all:COUNT for the latest so many.",
            valueName: "policy"),
        transform: Self.missedFirings)
    var missed: MissedFirings?

    @Option(
        help: ArgumentHelp(
            "How late a firing may be enqueued: 90s, 5m, 2h; or none for however late.", valueName: "time"),
        transform: Self.lateness)
    var lateness: Lateness?

    /// How late a firing may be.
    enum Lateness: Sendable, Equatable {
        case any
        case most(Duration)

        var duration: Duration? {
            guard case .most(let duration) = self else { return nil }
            return duration
        }
    }

    /// Changes what is given of a schedule.
    func apply(to changed: inout Schedule) throws {
        if let schedule { changed.expression = try Self.expression(schedule, of: changed.name) }
        if let timeZone { changed.timeZone = timeZone }
        if let queue { changed.queue = queue }
        if let missed { changed.missedFirings = missed }
        if let lateness { changed.lateness = lateness.duration }
    }

    /// Reads an expression, in which `H` is spread by the schedule's name.
    static func expression(_ text: String, of name: String) throws -> CronExpression {
        do {
            return try CronExpression(text, seed: name)
        } catch {
            throw SQJobsError(.invalidConfiguration, error.description)
        }
    }

    private static func missedFirings(_ text: String) throws -> MissedFirings {
        guard let policy = MissedFirings(text) else {
            throw ArgumentFault("write skip, latest, or all: and how many at most, as in all:100.")
        }
        return policy
    }

    private static func lateness(_ text: String) throws -> Lateness {
        text == "none" ? .any : .most(try DurationArgument.duration(text))
    }
}
