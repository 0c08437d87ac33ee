import SQJobsSQS
import Synchronization

/// Says when it started: the measure of how long a job waits on an idle queue.
final class ProbeJob: Job<NoParameters, Void> {
    static let starts = AsyncStream<ContinuousClock.Instant>.makeStream()

    override class var name: String { "probe" }
    override class var queue: QueueName { "bench" }

    override func run(_ parameters: NoParameters) async throws {
        Self.starts.continuation.yield(.now)
    }
}
