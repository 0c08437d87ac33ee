import ArgumentParser
import SQJobsCommands
import SQJobsTesting
import Synchronization

/// An app with a job of each kind and the backend of the tests.
struct TestApp: SQJobsApp {
    static let commandName = "manage"
    static let backends: [any Backend.Type] = [TestBackend.self]
    static let commands: [any AsyncParsableCommand.Type] = [BacklogCommand.self, PlainCommand.self]

    static func configure(_ app: inout Application) async throws {
        app.jobs = JobRegistry {
            AdderJob()
            TicketJob()
            FailingJob()
            GateJob()
        }
    }
}

final class AdderJob: Job<[Int], Int> {
    override class var name: String { "adder_job" }
    override class var queue: QueueName { "sums" }

    override func run(_ numbers: [Int]) async throws -> Int { numbers.reduce(0, +) }
}

final class TicketJob: Job<TicketJob.Parameters, TicketJob.Parameters> {
    struct Parameters: Codable, Sendable {
        var event: String
        var seats: Int?
    }

    override class var name: String { "ticket" }
    override class var queue: QueueName { "tickets" }
    override class var timeout: Duration? { .seconds(90) }
    override class var maximumAttempts: Int? { 2 }
    override class var retryPolicy: RetryPolicy { .never }

    override func run(_ parameters: Parameters) async throws -> Parameters { parameters }
}

final class FailingJob: Job<NoParameters, Void> {
    struct Broken: Error {}

    override class var name: String { "failing" }
    override class var queue: QueueName { "sums" }
    override class var maximumAttempts: Int? { 2 }

    override func run(_ parameters: NoParameters) async throws { throw Broken() }
}

/// Waits for a gate to open, or for its task to be cancelled.
final class GateJob: Job<String, Void> {
    override class var name: String { "gate" }
    override class var queue: QueueName { "gates" }

    override func run(_ name: String) async throws {
        Gates.note("\(name) entered")
        while !Gates.notes.contains("\(name) opened") {
            try await Task.sleep(for: .milliseconds(2))
        }
        Gates.note("\(name) left")
    }
}

/// What gates were entered, opened and left; names are unique to a test.
enum Gates {
    private static let log = Mutex<Set<String>>([])

    static var notes: Set<String> { log.withLock(\.self) }

    static func note(_ note: String) {
        log.withLock { _ = $0.insert(note) }
    }
}

/// A command of the app's own that is given the app.
struct BacklogCommand: AppCommand {
    static let configuration = CommandConfiguration(commandName: "backlog")

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let waiting = try await app.broker().administration?.statistics(of: "sums").waiting ?? 0
        guard waiting < 2 else { throw SQJobsError(.unsupported, "There are \(waiting) jobs: work faster.") }
    }
}

/// A command of the app's own that knows nothing of SQJobs.
struct PlainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "plain")

    func run() async throws { throw ExitCode(7) }
}
