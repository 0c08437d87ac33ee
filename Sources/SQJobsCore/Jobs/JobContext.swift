public import Logging

public import struct Foundation.Date

/// Where a job is: what it may want to know about its message, and what it can do about its lease.
public final class JobContext: Sendable {
    /// The message that is being run.
    public let message: JobMessage
    /// The queue that the message came from.
    public let queue: QueueName
    /// Which attempt this is, from 1: the times that the broker delivered the message.
    public let attempt: Int
    /// Whether no attempt will follow if this one fails.
    public let isLastAttempt: Bool
    /// When the job was enqueued, as far as the broker or the id says.
    public let enqueuedAt: Date?
    /// When the attempt will be cancelled; `nil` when the job has no time-out.
    public let deadline: Date?
    /// The attributes that travelled beside the body.
    public let attributes: [String: String]

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
    public init(
        message: JobMessage, queue: QueueName, attempt: Int = 1, isLastAttempt: Bool = false, enqueuedAt: Date? = nil,
        deadline: Date? = nil, attributes: [String: String] = [:], logger: Logger,
        extendLease: @escaping @Sendable (Duration) async throws -> Void = { _ in }
    ) {
        self.message = message
        self.queue = queue
        self.attempt = attempt
        self.isLastAttempt = isLastAttempt
        self.enqueuedAt = enqueuedAt
        self.deadline = deadline
        self.attributes = attributes
        baseLogger = logger
        extend = extendLease
    }

    /// The job's id.
    public var id: String { message.id }

    /// The name under which the job is registered.
    public var name: String { message.name }

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

    /// The context of a job that no worker runs.
    static let unattached = JobContext(
        message: JobMessage(
            id: "", name: "", arguments: JobArguments(checkedArgs: JobArguments.noArgs, kwargs: JobArguments.noKwargs)),
        queue: "", attempt: 0, logger: Logger(label: "sqjobs"))
}
