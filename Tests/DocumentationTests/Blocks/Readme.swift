import Logging
import SQJobsCommands
import SQJobsSQS

final class AdderJob: Job<[Int], Int> {
    override class var name: String { "adder_job" }
    override class var queue: QueueName { "my_queue" }

    override func run(_ numbers: [Int]) async throws -> Int {
        numbers.reduce(0, +)
    }
}

func enqueueing() async throws {
    let broker = try await SQSBroker()  // region and credentials from AWS's own variables and files
    let ticket = try await broker.enqueue(AdderJob.self, [1, 2, 3, 4])
    _ = ticket
}

struct Manage: SQJobsApp {
    static let backends: [any Backend.Type] = [SQSBackend.self]

    static func configure(_ app: inout Application) async throws {
        app.jobs = JobRegistry { AdderJob() }
    }
}

final class SendTicket: Job<SendTicket.Parameters, Void> {
    struct Parameters: Codable, Sendable {
        var order: Int
        var email: String
    }

    override class var timeout: Duration? { .seconds(60) }
    override class var maximumAttempts: Int? { 5 }
    override class var retryPolicy: RetryPolicy { .exponential(base: .seconds(10)) }

    override func run(_ parameters: Parameters) async throws {
        guard parameters.order > 0 else { throw Discard("there is no such order") }
        context.logger.info("sending a ticket")
    }

    override func onFailure(_ error: any Error) async throws {}  // after each failed attempt
    override func onExhausted(_ error: any Error) async throws {}  // when no attempt will follow
}
