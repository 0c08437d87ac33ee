import SQJobsCore
import Synchronization

/// What is remembered of queues: settings do not change while a queue is there.
final class KnownQueues: Sendable {
    private let settings = Mutex<[QueueName: QueueSettings]>([:])

    subscript(_ queue: QueueName) -> QueueSettings? {
        get { settings.withLock { $0[queue] } }
        set { settings.withLock { $0[queue] = newValue } }
    }
}
