import Synchronization

@testable import SQJobsCore

/// What the jobs of a test do, and the steps that were called on them: `run a`, `onSuccess a`.
final class Play: Sendable {
    typealias Body = @Sendable (String, JobContext) async throws -> String

    let steps = Noted<String>()
    /// The instances there are, and the successes whose hook found its task cancelled.
    let alive = Count()
    let cancelledHooks = Count()
    let body: Body

    init(_ body: @escaping Body = { part, _ in part }) {
        self.body = body
    }

    /// How often a job was run, by its parameter.
    func runs(of part: String) -> Int {
        steps.all.count { $0 == "run \(part)" }
    }

    var runs: Int { steps.all.count { $0.hasPrefix("run ") } }
}

struct PlayError: Error, CustomStringConvertible {
    let description: String
}

/// Does what the test says, and notes each step with its parameter.
class PlayJob: Job<String, String> {
    override class var name: String { "play" }
    override class var queue: QueueName { "stage" }
    override class var retryPolicy: RetryPolicy { .constant(.seconds(7)) }

    private let play: Play
    private var part = ""

    init(_ play: Play) {
        self.play = play
        play.alive.add()
    }

    deinit { play.alive.add(-1) }

    override func setUp(_ part: String) async throws {
        self.part = part
        play.steps.note("setUp \(part)")
    }

    override func run(_ part: String) async throws -> String {
        play.steps.note("run \(part)")
        return try await play.body(part, context)
    }

    override func tearDown(_ part: String) async throws { play.steps.note("tearDown \(part)") }
    override func onSuccess(_ output: String) async throws {
        if Task.isCancelled { play.cancelledHooks.add() }
        play.steps.note("onSuccess \(output)")
    }

    override func onFailure(_ error: any Error) async throws { play.steps.note("onFailure \(part): \(error)") }
    override func onRetry() async throws { play.steps.note("onRetry \(part)") }
    override func onExhausted(_ error: any Error) async throws { play.steps.note("onExhausted \(part): \(error)") }
}

final class ShortPlayJob: PlayJob {
    override class var name: String { "short_play" }
    override class var timeout: Duration? { .seconds(5) }
}

final class OnlyPlayJob: PlayJob {
    override class var name: String { "only_play" }
    override class var retryPolicy: RetryPolicy { .never }
}

final class PatientPlayJob: PlayJob {
    override class var name: String { "patient_play" }
    override class var retryPolicy: RetryPolicy { .queueDefault }
}

final class ThricePlayJob: PlayJob {
    override class var name: String { "thrice_play" }
    override class var maximumAttempts: Int? { 3 }
}

final class OpenPlayJob: PlayJob {
    override class var name: String { "open_play" }
    override class var logsParameters: Bool { true }
}
