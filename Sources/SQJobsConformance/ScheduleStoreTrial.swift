import SQJobsPeriodic

import struct Foundation.Date

/// What the cases are written with: a harness, and the steps that most of them take.
struct ScheduleStoreTrial: ConformanceTrial {
    let harness: any ScheduleStoreHarness

    /// Longer than any case takes.
    static let long = Duration.seconds(120)

    /// A time on a whole minute: 2027-01-15, 08:00 in UTC.
    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    var store: any ScheduleStore { harness.store }

    var short: Duration { harness.shortLease }

    func advance(by duration: Duration) async throws {
        try await harness.advance(by: duration)
    }

    /// A time so many seconds after the start.
    func time(_ seconds: Double = 0) -> Date {
        Self.start.addingTimeInterval(seconds)
    }

    func entry(
        _ id: String, queue: QueueName = "probes", due seconds: Double = 0, orderingKey: String? = nil,
        onceKey: String? = nil
    ) throws -> OutboxEntry {
        OutboxEntry(
            message: JobMessage(id: id, name: "probe", arguments: try JobArguments()), queue: queue,
            dueAt: time(seconds), orderingKey: orderingKey, onceKey: onceKey)
    }

    @discardableResult
    func put(_ entries: OutboxEntry...) async throws -> [Bool] {
        let answers = try await store.put(entries)
        try expectEqual(answers.count, entries.count, "the number of put's answers")
        return answers
    }

    func claim(
        _ limit: Int = 100, at seconds: Double = 0, lease: Duration = long, queues: [QueueName] = [],
        in other: (any ScheduleStore)? = nil
    ) async throws -> [OutboxClaim] {
        let claims = try await (other ?? store).claim(limit, at: time(seconds), lease: lease, queues: queues)
        try expect(claims.count <= limit, "at most \(limit) entries", "\(claims.count)")
        return claims
    }

    /// Claims what must be there, in order.
    @discardableResult
    func expectClaim(_ ids: String..., at seconds: Double = 0, lease: Duration = long) async throws -> [OutboxClaim] {
        let claims = try await claim(at: seconds, lease: lease)
        try expectEqual(claims.map(\.entry.message.id), ids, "the entries that are claimed")
        return claims
    }

    func waiting() async throws -> [OutboxStatus] {
        try await store.waiting(after: 0, limit: 10_000)
    }

    func expectWaiting(_ ids: String...) async throws {
        try expectEqual(try await waiting().map(\.id), ids, "the entries that wait")
    }

    func schedule(
        _ name: String, _ expression: CronExpression = "* * * * *", queue: QueueName = "probes",
        missed: MissedFirings = .latest
    ) throws -> Schedule {
        try Schedule(name, job: "probe", queue: queue, expression, missedFirings: missed)
    }

    @discardableResult
    func add(_ schedule: Schedule, next seconds: Double? = 0) async throws -> Bool {
        let answers = try await store.add([ScheduleDraft(schedule, nextAt: seconds.map { time($0) })])
        try expectEqual(answers.count, 1, "the number of add's answers")
        return answers[0]
    }

    func draft(_ schedule: Schedule, next seconds: Double) -> ScheduleDraft {
        ScheduleDraft(schedule, nextAt: time(seconds))
    }

    /// Fires each schedule once that is due, with its time as the job's id, and makes it due again a minute later.
    func beat(
        at seconds: Double = 0, limit: Int = 100, queues: [QueueName] = [], in other: (any ScheduleStore)? = nil
    ) async throws -> BeatReport {
        try await (other ?? store).beat(at: time(seconds), limit: limit, queues: queues, Self.plan)
    }

    @Sendable static func plan(_ due: DueSchedule) -> ScheduleBeat {
        guard let arguments = try? JobArguments(), let schedule = try? due.schedule.get() else {
            return ScheduleBeat(entries: [], lastFiringAt: nil, nextAt: nil)
        }
        let id = "\(due.name)@\(Int(due.dueAt.timeIntervalSince(start)))"
        let entry = OutboxEntry(
            message: JobMessage(id: id, name: schedule.job, arguments: arguments), queue: schedule.queue,
            dueAt: due.dueAt, orderingKey: due.name, onceKey: id)
        return ScheduleBeat(
            entries: [entry], lastFiringAt: due.dueAt, nextAt: due.dueAt.addingTimeInterval(60))
    }

    /// A schedule that must be there.
    func status(_ name: String) async throws -> ScheduleStatus {
        guard let status = try await store.schedule(name) else {
            throw ConformanceFailure(expected: "a schedule “\(name)”", got: "none")
        }
        return status
    }

    func expectNext(of name: String, _ seconds: Double?) async throws {
        let next = try await status(name).nextAt
        try expectEqual(
            next.map { $0.timeIntervalSince(Self.start) }, seconds, "the seconds to the next time of “\(name)”")
    }

    /// A beater without registered jobs on one of the ways to the store.
    func beater(_ broker: ListingBroker, _ wall: WallTime, in other: (any ScheduleStore)? = nil) -> Beater {
        Beater(
            broker: broker, store: other ?? store, jobs: JobRegistry(),
            configuration: BeaterConfiguration(relay: RelayConfiguration(lease: short)),
            clock: wall.clock(like: harness.clock))
    }

    /// Has a beater do all that there is to do.
    func work(_ beater: Beater) async throws {
        _ = try await beater.beat()
        for _ in 0..<1000 where try await beater.relayOnce() == 0 { return }
        throw ConformanceFailure(expected: "an outbox that gets empty", got: "entries that are claimed again and again")
    }
}
