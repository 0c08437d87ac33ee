import SQJobsPeriodic

/// Fires every two seconds, whichever beater is alive. A schedule has five fields as a rule; a sixth in front is for seconds.
public final class HeartbeatJob: PeriodicJob {
    override public class var name: String { "heartbeat_job" }
    override public class var queue: QueueName { "my_queue" }
    override public class var schedule: CronExpression { "*/2 * * * * *" }
    override public class var timeZone: String { "Europe/Madrid" }
    /// A heartbeat that nobody was there for is of no use later.
    override public class var missedFirings: MissedFirings { .skip }

    override public func run(_ tick: Tick) async throws {
        context.logger.info("heartbeat", metadata: ["scheduled": "\(tick.scheduledAt)", "late": "\(tick.isLate)"])
    }
}
