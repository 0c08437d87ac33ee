import SQJobsResults

/// A job that does what a test says, and notes each of its runs and hooks.
class ScriptedJob: ResultJob<String, String> {
    override class var name: String { "scripted" }
    override class var queue: QueueName { "stage" }
    override class var retryPolicy: RetryPolicy { .constant(.seconds(7)) }

    private let script: Script

    init(_ script: Script) {
        self.script = script
    }

    override func run(_ text: String) async throws -> String {
        script.steps.note("run \(text) \(context.attempt)\(context.isLastAttempt ? " last" : "")")
        return try await script.run(text, context)
    }

    override func onSuccess(_ output: String) async throws { script.steps.note("onSuccess \(output)") }
    override func onFailure(_ error: any Error) async throws { script.steps.note("onFailure") }
    override func onExhausted(_ error: any Error) async throws { script.steps.note("onExhausted") }
}

final class ThriceJob: ScriptedJob {
    override class var name: String { "thrice" }
    override class var maximumAttempts: Int? { 3 }
}

final class ShortJob: ScriptedJob {
    override class var name: String { "short" }
    override class var timeout: Duration? { .seconds(5) }
}

/// A job of which only the state is kept.
final class StateJob: Job<String, Void>, StoresResult {
    override class var name: String { "state" }
    override class var queue: QueueName { "stage" }

    override func run(_ text: String) async throws {}
}

/// A job that is something else too, and whose output can be kept.
final class OutputJob: Job<String, [String: Int]>, StoresResult {
    override class var name: String { "output" }
    override class var queue: QueueName { "stage" }

    override func run(_ text: String) async throws -> [String: Int] { [text: text.count] }
}

/// A job whose output is no JSON.
final class EndlessJob: ResultJob<String, Double> {
    override class var name: String { "endless" }
    override class var queue: QueueName { "stage" }

    override func run(_ text: String) async throws -> Double { .infinity }
}

/// A job that is not recorded.
final class PlainJob: Job<String, Void> {
    override class var name: String { "plain" }
    override class var queue: QueueName { "stage" }

    override func run(_ text: String) async throws {}
}

/// What scripted jobs do, and what they did.
final class Script: Sendable {
    let steps = Noted<String>()
    let run: @Sendable (String, JobContext) async throws -> String

    init(_ run: @escaping @Sendable (String, JobContext) async throws -> String = { text, _ in "\(text)!" }) {
        self.run = run
    }
}

struct SoldOut: Error, CustomStringConvertible {
    var description: String { "none is left" }
}
