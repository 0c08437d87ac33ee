public import SQJobsCore

/// One attempt of a job that a ``DrainingWorker`` ran.
public struct DrainedAttempt: Sendable {
    /// The job's id.
    public let id: String
    /// The job's name.
    public let name: String
    /// The queue that it was on.
    public let queue: QueueName
    /// Which attempt it was, from 1.
    public let attempt: Int
    /// How it ended.
    public let outcome: JobOutcome
}

extension DrainedAttempt: CustomStringConvertible {
    /// The attempt in a line, for the message of a test that failed: `send_ticket, attempt 2: failure (no such order)`.
    public var description: String {
        "\(name), attempt \(attempt): \(outcome.label)" + (outcome.error.map { " (\($0))" } ?? "")
    }
}
