import SQJobsCore

/// Adds numbers. The simplest job there is: what it takes, what it returns, and what it does.
public final class AdderJob: Job<[Int], Int> {
    override public class var name: String { "adder_job" }
    override public class var queue: QueueName { "my_queue" }

    override public func run(_ numbers: [Int]) async throws -> Int {
        numbers.reduce(0, +)
    }

    override public func onSuccess(_ sum: Int) async throws {
        context.logger.info("added up", metadata: ["sum": "\(sum)"])
    }
}
