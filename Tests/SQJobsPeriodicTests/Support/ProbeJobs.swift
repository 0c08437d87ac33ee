import SQJobsPeriodic

/// A periodic job that notes its ticks.
class ProbeJob: PeriodicJob {
    override class var queue: QueueName { "ticks" }
    override class var timeZone: String { "Europe/Madrid" }

    private let noted: Noted<Tick>

    init(_ noted: Noted<Tick>) {
        self.noted = noted
    }

    override func run(_ tick: Tick) async throws {
        noted.note(tick)
    }
}

/// At half past two, a time that one night does not have and another has twice.
final class FixedProbe: ProbeJob {
    override class var schedule: CronExpression { "30 2 * * *" }
}

/// At half past each hour.
final class WildcardProbe: ProbeJob {
    override class var schedule: CronExpression { "30 * * * *" }
}

/// Each minute, with each firing made up for.
final class MinuteProbe: ProbeJob {
    override class var schedule: CronExpression { "* * * * *" }
    override class var missedFirings: MissedFirings { .all(limit: 1000) }
}

/// Each minute, with the last missed firing made up for.
final class LatestProbe: ProbeJob {
    override class var schedule: CronExpression { "* * * * *" }
}

/// Each minute, with no missed firing made up for.
final class SkippingProbe: ProbeJob {
    override class var schedule: CronExpression { "* * * * *" }
    override class var missedFirings: MissedFirings { .skip }
}

/// Each minute, with what was missed in the last hundred seconds made up for.
final class RecentProbe: ProbeJob {
    override class var schedule: CronExpression { "* * * * *" }
    override class var missedFirings: MissedFirings { .all(limit: 1000) }
    override class var lateness: Duration? { .seconds(100) }
}

/// Once a day, at a time of its own.
final class SpreadProbe: ProbeJob {
    override class var schedule: CronExpression { "H H * * *" }
}

/// Once a day, at another time of its own.
final class OtherSpreadProbe: ProbeJob {
    override class var schedule: CronExpression { "H H * * *" }
}

/// A job that forgot its schedule.
final class Forgetful: PeriodicJob {
    override func run(_ tick: Tick) async throws {}
}
