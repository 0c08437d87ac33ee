import Figures
import SQJobsSQS
import Synchronization

/// Does nothing, so that what is measured is all ours. The process counts how many ran and how many are settled.
final class NoopJob: Job<[Int], Void> {
    static let settled = Atomic<Int>(0)
    static let expected = Atomic<Int>(0)
    static let done = AsyncStream<Void>.makeStream()

    override class var name: String { "noop" }
    override class var queue: QueueName { "bench" }

    override func run(_ numbers: [Int]) async throws {}

    override func onSuccess(_ output: Void) async throws {
        let settled = Self.settled.add(1, ordering: .relaxed).newValue
        if settled == 10_000 { MemoryUse.early.store(MemoryUse.resident, ordering: .relaxed) }
        if settled == Self.expected.load(ordering: .relaxed) { Self.done.continuation.finish() }
    }
}
