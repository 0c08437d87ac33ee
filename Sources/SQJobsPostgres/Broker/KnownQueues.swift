import SQJobsCore
import Synchronization

/// What is remembered of queues: number and settings do not change while a queue is there.
final class KnownQueues: Sendable {
    private let queues = Mutex<[QueueName: QueueRow]>([:])

    subscript(_ queue: QueueName) -> QueueRow? {
        get { queues.withLock { $0[queue] } }
        set { queues.withLock { $0[queue] = newValue } }
    }
}
