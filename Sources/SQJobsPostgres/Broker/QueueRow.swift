import SQJobsCore

/// A queue as its row has it.
struct QueueRow: Sendable {
    let id: Int
    let name: QueueName
    let settings: QueueSettings
}
