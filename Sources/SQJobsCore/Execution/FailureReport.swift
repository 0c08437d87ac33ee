/// What an app's error reporting is told of a failure.
public struct FailureReport: Sendable {
    /// What was thrown.
    public let error: any Error
    /// The job's name; `nil` when the message could not be read.
    public let job: String?
    /// The job's id; the broker's id for the message when it could not be read.
    public let id: String
    /// The queue that the message came from.
    public let queue: QueueName
    /// Which attempt failed, from 1.
    public let attempt: Int
    /// Whether no attempt will follow.
    public let isFinal: Bool
}
