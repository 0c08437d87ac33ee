import Foundation
import SQJobsCore
import Synchronization

/// Prints what happens to a job while it runs: each attempt, each step with the time it took, and the output.
final class RunTranscript: ExecutionMiddleware, StepObserver {
    private struct State {
        var start = Duration.zero
        var isEmpty = true
    }

    private let output: ConsoleStream
    private let clock: JobClock
    private let state = Mutex(State())

    init(_ output: ConsoleStream, clock: JobClock) {
        self.output = output
        self.clock = clock
    }

    /// Whether no attempt was made.
    var isEmpty: Bool { state.withLock(\.isEmpty) }

    func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        if context.attempt == 1 {
            output.print("\(output.style(context.name, .bold))  id \(context.id)  queue \(context.queue)")
        }
        state.withLock { $0.isEmpty = false }
        output.print("attempt \(context.attempt)\(context.isLastAttempt ? ", the last" : "")")
        return await next()
    }

    func began(_ step: JobStep) {
        let start = clock.elapsed()
        state.withLock { $0.start = start }
    }

    func ended(_ step: JobStep, _ error: (any Error)?) {
        let took = clock.elapsed() - state.withLock(\.start)
        let name = step.rawValue.padding(toLength: 11, withPad: " ", startingAt: 0)
        let verdict = error.map { output.style("\(Self.word(for: $0)): \($0)", .red) } ?? output.style("ok", .green)
        output.print("  \(name)  \(Self.milliseconds(took)) ms  \(verdict)")
    }

    /// Prints what the job returned.
    func finish(_ value: any Sendable) {
        output.print("output  \(Self.text(value))")
    }

    private static func word(for error: any Error) -> String {
        error is Retry ? "retry" : "failed"
    }

    private static func milliseconds(_ duration: Duration) -> String {
        String(format: "%8.2f", duration / .milliseconds(1))
    }

    /// The value as JSON if it has any, else as Swift describes it.
    private static func text(_ value: any Sendable) -> String {
        if value is Void { return "none" }
        guard let encodable = value as? any Encodable, let json = try? WireJSON.encoder.encode(encodable) else {
            return "\(value)"
        }
        return String(decoding: json, as: UTF8.self)
    }
}
