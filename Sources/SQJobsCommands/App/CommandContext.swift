import Foundation
import Logging
import SQJobsCore
import UnixSignals

/// What a command finds around it: the process's own streams, environment and signals, or a test's.
struct CommandContext: Sendable {
    let console: Console
    let environment: [String: String]
    /// The time that the command takes for now.
    let clock: JobClock
    /// The signals that ask the process to stop, from the call on.
    let stopSignals: @Sendable () async -> AsyncStream<String>
    /// Where log lines go; `nil` leaves it to the app to set up logging for the process.
    var makeLogHandler: (@Sendable (String) -> any LogHandler)?
}

extension CommandContext {
    /// The process's own.
    static var process: CommandContext {
        let environment = ProcessInfo.processInfo.environment
        return CommandContext(
            console: .process(environment), environment: environment, clock: .system,
            stopSignals: {
                let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
                return AsyncStream { continuation in
                    let task = Task {
                        for await signal in signals { continuation.yield("\(signal)") }
                        continuation.finish()
                    }
                    continuation.onTermination = { _ in task.cancel() }
                }
            })
    }
}
