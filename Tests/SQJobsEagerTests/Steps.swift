import SQJobsEager
import Synchronization

/// What happened, in order.
final class Steps: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock(\.self) }

    func note(_ line: String) {
        lines.withLock { $0.append(line) }
    }
}

struct Broken: Error, Equatable {
    let attempt: Int
}

/// Notes every step, and fails its first `failures` attempts.
class NotingJob: Job<[Int], Int> {
    let steps: Steps
    let failures: Int

    init(_ steps: Steps, failures: Int = 0) {
        self.steps = steps
        self.failures = failures
    }

    override func setUp(_ numbers: [Int]) async throws { steps.note("setUp \(context.attempt)") }

    override func run(_ numbers: [Int]) async throws -> Int {
        steps.note("run \(numbers)")
        if context.attempt <= failures { throw Broken(attempt: context.attempt) }
        return numbers.reduce(0, +)
    }

    override func tearDown(_ numbers: [Int]) async throws { steps.note("tearDown") }
    override func onSuccess(_ output: Int) async throws { steps.note("onSuccess \(output)") }
    override func onFailure(_ error: any Error) async throws { steps.note("onFailure \(error)") }
    override func onRetry() async throws { steps.note("onRetry") }
    override func onExhausted(_ error: any Error) async throws { steps.note("onExhausted \(error)") }
}

final class FlakyJob: NotingJob {
    override class var name: String { "flaky" }
    override class var queue: QueueName { "flaky_queue" }
}

final class ThriceJob: NotingJob {
    override class var maximumAttempts: Int? { 3 }
}
