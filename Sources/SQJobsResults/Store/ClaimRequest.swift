public import SQJobsCore

/// A job that a worker wants to run.
public struct ClaimRequest: Sendable {
    /// The job's identity.
    public let id: ResultID
    /// The job's name.
    public let name: String
    /// The queue that its message came from.
    public let queue: QueueName
    /// The job's arguments, if they are to be kept; they are written where the row has none.
    public let arguments: JobArguments?

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - id: The job's identity.
    ///   - name: The job's name, without NUL.
    ///   - queue: The queue that its message came from, without NUL.
    ///   - arguments: The job's arguments, if they are to be kept.
    public init(id: ResultID, name: String, queue: QueueName, arguments: JobArguments? = nil) {
        self.id = id
        self.name = name
        self.queue = queue
        self.arguments = arguments
    }
}
