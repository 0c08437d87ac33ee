package import SQJobsCore
package import Synchronization

/// Does nothing, so that what is measured is all ours. The process counts how many are settled.
package final class NoopJob: Job<[Int], Void> {
    package static let settled = Atomic<Int>(0)
    package static let expected = Atomic<Int>(0)
    package static let done = AsyncStream<Void>.makeStream()

    override package class var name: String { "noop" }
    override package class var queue: QueueName { "bench" }

    override package func run(_ numbers: [Int]) async throws {}

    override package func onSuccess(_ output: Void) async throws {
        let settled = Self.settled.add(1, ordering: .relaxed).newValue
        if settled == 10_000 { MemoryUse.early.store(MemoryUse.resident, ordering: .relaxed) }
        if settled == Self.expected.load(ordering: .relaxed) { Self.done.continuation.finish() }
    }
}
