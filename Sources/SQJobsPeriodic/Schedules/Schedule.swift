public import Foundation
public import SQJobsCore
public import SQJobsCron

/// When to enqueue which job.
///
/// ```swift
/// try await schedules.add(Schedule("report-es", job: "report", queue: "reports", "0 7 * * MON-FRI", in: "Europe/Madrid"))
/// ```
public struct Schedule: Sendable {
    /// The schedule's name, unique in its store; a registered job's is the job's name.
    public var name: String
    /// The name of the job that is enqueued.
    public var job: String
    /// The queue that it is sent to.
    public var queue: QueueName
    /// The job's own arguments; each firing adds its keywords.
    public var arguments: JobArguments
    /// When the job is enqueued. An `H` of a literal is spread by the schedule's name once it is added.
    public var expression: CronExpression
    /// The name of the time zone whose clock the expression follows; a `CRON_TZ=` in the expression wins over it.
    public var timeZone: String
    /// What becomes of firings that no beater was there for.
    public var missedFirings: MissedFirings
    /// How late a firing may be enqueued; `nil` for however late.
    public var lateness: Duration?

    /// Makes a schedule.
    ///
    /// - Parameters:
    ///   - name: The schedule's name: any text that is not empty, without NUL.
    ///   - job: The name of the job that is enqueued.
    ///   - queue: The queue that it is sent to.
    ///   - expression: When the job is enqueued.
    ///   - timeZone: The name of the time zone, such as `Europe/Madrid`; `UTC` unless given.
    ///   - args: The job's own positional arguments.
    ///   - kwargs: The job's own keywords.
    ///   - missedFirings: What becomes of firings that no beater was there for.
    ///   - lateness: How late a firing may be enqueued.
    /// - Throws: ``SQJobsError`` with code `unencodableArguments` for a number that JSON does not have.
    public init(
        _ name: String, job: String, queue: QueueName, _ expression: CronExpression, in timeZone: String = "UTC",
        args: [JSONValue] = [], kwargs: [String: JSONValue] = [:], missedFirings: MissedFirings = .latest,
        lateness: Duration? = nil
    ) throws {
        self.init(
            name: name, job: job, queue: queue, arguments: try JobArguments(args: args, kwargs: kwargs),
            expression: expression, timeZone: timeZone, missedFirings: missedFirings, lateness: lateness)
    }

    /// Makes a schedule from all that it consists of, as a store's adapter does.
    ///
    /// - Parameters:
    ///   - name: The schedule's name.
    ///   - job: The name of the job that is enqueued.
    ///   - queue: The queue that it is sent to.
    ///   - arguments: The job's own arguments.
    ///   - expression: When the job is enqueued.
    ///   - timeZone: The name of the time zone.
    ///   - missedFirings: What becomes of firings that no beater was there for.
    ///   - lateness: How late a firing may be enqueued.
    public init(
        name: String, job: String, queue: QueueName, arguments: JobArguments, expression: CronExpression,
        timeZone: String, missedFirings: MissedFirings, lateness: Duration?
    ) {
        self.name = name
        self.job = job
        self.queue = queue
        self.arguments = arguments
        self.expression = expression
        self.timeZone = timeZone
        self.missedFirings = missedFirings
        self.lateness = lateness
    }
}

extension Schedule {
    /// The schedule of a registered job. An `H` in it is spread by the job's name.
    init(of job: any Scheduled.Type) throws {
        try MissingSchedule.check(job)
        try self.init(
            job.name, job: job.name, queue: job.queue, job.schedule, in: job.timeZone,
            missedFirings: job.missedFirings, lateness: job.lateness)
        try seed()
    }

    /// Spreads an `H` in the expression by the schedule's name, unless it was given a seed.
    ///
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` when the times that the name chooses never come.
    mutating func seed() throws {
        do {
            expression = try expression.seeded(by: name)
        } catch {
            throw SQJobsError(
                .invalidConfiguration,
                "The schedule “\(name)” never fires with the values that its name chooses for H: give them yourself.",
                job: job, underlying: error)
        }
    }

    /// The time zone whose clock the schedule follows.
    ///
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` that shows the name.
    public func zone() throws -> TimeZone {
        if let zone = expression.timeZone { return zone }
        if let zone = TimeZone(identifier: timeZone) { return zone }
        throw SQJobsError(
            .invalidConfiguration,
            "The schedule “\(name)” has the time zone “\(timeZone)”, which this machine does not know: name one of the"
                + " IANA database, such as Europe/Madrid.", job: job)
    }

    /// Makes sure that the schedule can be kept and fired.
    ///
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` that shows what is wrong.
    func validate() throws {
        for (text, what) in [(name, "name"), (job, "job"), (queue.rawValue, "queue")] {
            guard text.isEmpty || text.utf8.contains(0) else { continue }
            throw SQJobsError(
                .invalidConfiguration,
                "The \(what) of the schedule “\(name)” must be a text without NUL that is not empty.", job: job)
        }
        if case .all(let limit) = missedFirings, limit < 1 {
            throw SQJobsError(
                .invalidConfiguration,
                "The schedule “\(name)” makes up for \(limit) missed firings: use 1 or more, or `.skip`.", job: job)
        }
        _ = try zone()
    }

    /// The first time after a time at which the schedule fires.
    func next(after date: Date) throws -> Date? {
        expression.next(after: date, in: try zone())
    }

    /// What a job is given that is fired on time, to see whether it fits.
    package func sampleArguments(at date: Date) throws -> JobArguments {
        try arguments(of: Firing(scheduledAt: date, isLate: false))
    }

    /// What waits in the outbox for a firing.
    func entry(for firing: Firing, id: String, onceKey: String?, at now: Date) throws -> OutboxEntry {
        OutboxEntry(
            message: JobMessage(id: id, name: job, arguments: try arguments(of: firing)), queue: queue, dueAt: now,
            orderingKey: name, onceKey: onceKey)
    }

    private func arguments(of firing: Firing) throws -> JobArguments {
        JobArguments(checkedArgs: arguments.args, kwargs: firing.keywords(with: arguments.kwargs, in: try zone()))
    }
}
