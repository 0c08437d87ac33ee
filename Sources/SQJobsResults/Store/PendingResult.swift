public import SQJobsCore

/// A job that is about to be sent, as its row is first written.
public struct PendingResult: Sendable {
    /// The job's identity.
    public let id: ResultID
    /// The job's name.
    public let name: String
    /// The queue that it is sent to.
    public let queue: QueueName
    /// The job's arguments, if they are to be kept.
    public let arguments: JobArguments?
    /// For how long nobody may receive its message; zero for a job that may begin at once.
    public let delay: Duration

    /// Makes an entry.
    ///
    /// - Parameters:
    ///   - id: The job's identity.
    ///   - name: The job's name, without NUL.
    ///   - queue: The queue that it is sent to, without NUL.
    ///   - arguments: The job's arguments, if they are to be kept.
    ///   - delay: For how long nobody may receive its message.
    public init(
        id: ResultID, name: String, queue: QueueName, arguments: JobArguments? = nil, delay: Duration = .zero
    ) {
        self.id = id
        self.name = name
        self.queue = queue
        self.arguments = arguments
        self.delay = delay
    }
}
