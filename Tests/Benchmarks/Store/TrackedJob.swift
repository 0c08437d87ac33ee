import SQJobsSQLite
import Synchronization

/// Does nothing, and has its state recorded where there is a store. The process counts how many are settled.
final class TrackedJob: Job<[Int], Void>, StoresResult {
    static let settled = Atomic<Int>(0)
    static let expected = Atomic<Int>(0)
    static let done = AsyncStream<Void>.makeStream()

    override class var name: String { "tracked" }
    override class var queue: QueueName { "bench" }

    override func run(_ numbers: [Int]) async throws {}

    override func onSuccess(_ output: Void) async throws {
        let settled = Self.settled.add(1, ordering: .relaxed).newValue
        if settled == Self.expected.load(ordering: .relaxed) { Self.done.continuation.finish() }
    }
}
