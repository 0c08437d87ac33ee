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

/// A job that forgot its schedule.
final class Forgetful: PeriodicJob {
    override func run(_ tick: Tick) async throws {}
}
