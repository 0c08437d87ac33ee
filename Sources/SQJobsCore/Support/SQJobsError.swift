/// What went wrong, where, and what to do about it: the one error type that SQJobs itself throws.
///
/// Match on ``code``: codes are an open set, so a new one never breaks an app's `switch`. A message names the job or
/// the queue concerned and what to do, and never holds a job's arguments or a secret.
public struct SQJobsError: Error, Sendable {
    /// The kind of failure.
    public let code: Code
    /// One sentence for people: what failed and what to do.
    public let message: String
    /// The name of the job concerned, if one is known.
    public let job: String?
    /// The queue concerned, if one is known.
    public let queue: QueueName?
    /// The error that caused this one, if there is one.
    public let underlying: (any Error)?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure; an adapter may make codes of its own.
    ///   - message: One sentence for people, without arguments of jobs and without secrets.
    ///   - job: The name of the job concerned.
    ///   - queue: The queue concerned.
    ///   - underlying: The error that caused this one.
    public init(
        _ code: Code, _ message: String, job: String? = nil, queue: QueueName? = nil, underlying: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.job = job
        self.queue = queue
        self.underlying = underlying
    }
}

extension SQJobsError: CustomStringConvertible {
    /// The message, then the cause in parentheses if there is one that says more.
    public var description: String {
        guard let underlying else { return message }
        return "\(message) (\(underlying))"
    }
}
