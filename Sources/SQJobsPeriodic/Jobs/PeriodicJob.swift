public import SQJobsCore
public import SQJobsCron

/// The base of jobs that are enqueued by a schedule.
///
/// ```swift
/// final class CloseTheDay: PeriodicJob {
///     override class var schedule: CronExpression { "1 0 * * *" }
///     override class var timeZone: String { "Europe/Madrid" }
///
///     override func run(_ tick: Tick) async throws {
///         context.logger.info("closing the day", metadata: ["at": "\(tick.scheduledAt)"])
///     }
/// }
/// ```
open class PeriodicJob: Job<Tick, Void>, Scheduled {
    /// When the job is enqueued; every class overrides it. An `H` in it is spread by the job's name.
    open class var schedule: CronExpression { MissingSchedule.expression }

    /// The time zone whose clock the schedule follows; `UTC` unless overridden.
    open class var timeZone: String { "UTC" }

    /// What becomes of firings that no beater was there for; the latest is made up for unless overridden.
    open class var missedFirings: MissedFirings { .latest }

    /// How late a firing may be enqueued; however late unless overridden.
    open class var lateness: Duration? { nil }
}
