import SQJobsCore

/// A queue as its row has it.
struct QueueRow: Sendable {
    let id: Int64
    let name: QueueName
    let settings: QueueSettings
    let isPaused: Bool
}
