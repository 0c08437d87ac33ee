import Foundation

/// Runs a command; tests give one that runs nothing.
struct CommandRunner: Sendable {
    /// What a command left behind.
    struct Result: Sendable {
        /// The exit status; a signal's number if one ended it.
        let status: Int32
        /// What it printed.
        let output: Data
    }

    /// Runs a command in a shell with an environment, to its end or until the task is cancelled; nil if it cannot be
    /// started.
    let run: @Sendable (_ command: String, _ environment: [String: String]) async throws -> Result?

    /// Runs commands by `/bin/sh`; what they print as errors goes to where this process's own errors go.
    static let system = CommandRunner { command, environment in
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        let running = RunningCommand(process)
        return try await withTaskCancellationHandler {
            try await running.result()
        } onCancel: {
            running.stop()
        }
    }
}
