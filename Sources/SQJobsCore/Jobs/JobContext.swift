public import Logging
import Synchronization

public import struct Foundation.Date

/// Where a job is: what it may want to know about its message, and what it can do about its lease.
public final class JobContext: Sendable {
    /// The message that is being run.
    public let message: JobMessage
    /// The queue that the message came from.
    public let queue: QueueName
    /// When the job was enqueued, as far as the broker or the id says.
    public let enqueuedAt: Date?
    /// The attributes that travelled beside the body.
    public let attributes: [String: String]

    /// What is learned only once the attempt is under way.
    private struct State {
        var attempt: Int
        var deadline: Date?
        var reportProgress: (@Sendable (Double, String?) -> Void)?
    }

    /// What the worker knows of the message; `nil` where no worker runs the job.
    package let lease: (any ExecutionLease)?

    private let limit: AttemptLimit
    private let state: Mutex<State>
    private let baseLogger: Logger
    private let extend: @Sendable (Duration) async throws -> Void

    /// Makes a context: what a worker does for each message, and a test may do to run a job by hand.
    ///
    /// - Parameters:
    ///   - message: The message that is being run.
    ///   - queue: The queue that the message came from.
    ///   - attempt: Which attempt this is, from 1.
    ///   - isLastAttempt: Whether no attempt will follow if this one fails.
    ///   - enqueuedAt: When the job was enqueued.
    ///   - deadline: When the attempt will be cancelled.
    ///   - attributes: The attributes that travelled beside the body.
    ///   - logger: The logger to add the job's metadata to.
    ///   - extendLease: What carries out ``extendLease(by:)``.
    public convenience init(
        message: JobMessage, queue: QueueName, attempt: Int = 1, isLastAttempt: Bool = false, enqueuedAt: Date? = nil,
        deadline: Date? = nil, attributes: [String: String] = [:], logger: Logger,
        extendLease: @escaping @Sendable (Duration) async throws -> Void = { _ in }
    ) {
        self.init(
            message: message, queue: queue, attempt: attempt, limit: AttemptLimit(isReached: isLastAttempt),
            enqueuedAt: enqueuedAt, deadline: deadline, attributes: attributes, logger: logger, lease: nil,
            extendLease: extendLease)
    }

    /// Makes the context of an attempt that a worker runs.
    package init(
        message: JobMessage, queue: QueueName, attempt: Int, limit: AttemptLimit, enqueuedAt: Date?, deadline: Date?,
        attributes: [String: String], logger: Logger, lease: (any ExecutionLease)?,
        extendLease: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.message = message
        self.queue = queue
        self.limit = limit
        self.enqueuedAt = enqueuedAt
        self.attributes = attributes
        self.lease = lease
        state = Mutex(State(attempt: attempt, deadline: deadline))
        baseLogger = logger
        extend = extendLease
    }

    /// The job's id.
    public var id: String { message.id }

    /// The name under which the job is registered.
    public var name: String { message.name }

    /// Which attempt this is, from 1: the runs that started, where a store counts them, and elsewhere the times that the
    /// broker delivered the message.
    public var attempt: Int { state.withLock { $0.attempt } }

    /// Whether no attempt will follow if this one fails.
    public var isLastAttempt: Bool { limit.isReached(by: attempt) }

    /// When the attempt will be cancelled; `nil` when the job has no time-out.
    public var deadline: Date? { state.withLock { $0.deadline } }

    /// A logger whose lines carry the job's id, name, queue and attempt.
    public var logger: Logger {
        var logger = baseLogger
        logger[metadataKey: "job_id"] = "\(id)"
        logger[metadataKey: "job"] = "\(name)"
        logger[metadataKey: "queue"] = "\(queue)"
        logger[metadataKey: "attempt"] = "\(attempt)"
        return logger
    }

    /// The level from which the logger writes, for whoever would save itself the metadata.
    var logLevel: Logger.Level { baseLogger.logLevel }

    /// Holds the message for at least this much longer.
    ///
    /// The worker extends leases by itself for as long as a job runs, so this is for a job that is about to be stopped
    /// from outside, or that hands its work over and must not be repeated for a while.
    ///
    /// - Parameter duration: How long from now nobody else may receive the message.
    /// - Throws: ``SQJobsError``, with code `leaseLost` when the message is no longer held.
    public func extendLease(by duration: Duration) async throws {
        try await extend(duration)
    }

    /// Tells whoever looks on how far the job is. It returns at once and never fails: where nothing records it, it does
    /// nothing, and of reports that follow one another closely only the last may be kept.
    ///
    /// - Parameters:
    ///   - fraction: How much is done, 0 to 1; what lies outside is taken for the nearer end.
    ///   - note: A few words for people, such as `resizing`.
    public func progress(_ fraction: Double, _ note: String? = nil) {
        guard !fraction.isNaN else { return }
        state.withLock { $0.reportProgress }?(min(max(fraction, 0), 1), note)
    }

    /// Says which attempt this is, by the count of a store. A middleware calls it before it runs the rest.
    package func countAttempt(_ attempt: Int) {
        state.withLock { $0.attempt = attempt }
    }

    /// Hands every progress that the job reports to a middleware; `nil` ends that.
    package func onProgress(_ report: (@Sendable (_ fraction: Double, _ note: String?) -> Void)?) {
        state.withLock { $0.reportProgress = report }
    }

    /// The job begins only now, whatever a middleware waited for before.
    func setDeadline(_ deadline: Date) {
        state.withLock { $0.deadline = deadline }
    }

    /// The context of a job that no worker runs.
    static let unattached = JobContext(
        message: JobMessage(
            id: "", name: "", arguments: JobArguments(checkedArgs: JobArguments.noArgs, kwargs: JobArguments.noKwargs)),
        queue: "", attempt: 0, logger: Logger(label: "sqjobs"))
}
