public import SQJobsCore

/// A job that failed for good, and all that it takes to run it again.
public struct RerunnableJob: Sendable {
    /// The job's row as it is now: whoever claims it meanwhile makes this one stale.
    public let claim: ResultClaim
    /// The job's name.
    public let name: String
    /// The queue that it was sent to last.
    public let queue: QueueName
    /// The job's arguments.
    public let arguments: JobArguments

    /// Makes a description.
    ///
    /// - Parameters:
    ///   - claim: The job's row as it is now.
    ///   - name: The job's name.
    ///   - queue: The queue that it was sent to last.
    ///   - arguments: The job's arguments.
    public init(claim: ResultClaim, name: String, queue: QueueName, arguments: JobArguments) {
        self.claim = claim
        self.name = name
        self.queue = queue
        self.arguments = arguments
    }
}
