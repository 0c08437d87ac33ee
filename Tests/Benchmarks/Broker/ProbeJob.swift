import Foundation
import SQJobsSQLite

/// Says how long ago it was enqueued, by the machine's clock that all processes share.
final class ProbeJob: Job<Int, Void> {
    static let waits = AsyncStream<Double>.makeStream()

    override class var name: String { "probe" }
    override class var queue: QueueName { "bench" }

    /// Nanoseconds since the machine began.
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    override func run(_ enqueued: Int) async throws {
        Self.waits.continuation.yield(Double(Self.now - enqueued) / 1e6)
    }
}
