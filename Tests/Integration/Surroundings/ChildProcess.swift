import Foundation
import TestSurroundings

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A program that a test runs, with what it prints kept in a file. One that still runs when nobody refers to it any more
/// is killed.
final class ChildProcess: Sendable {
    private let process = Process()
    private let folder: TemporaryFolder
    private let printed: URL

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: Its path, or its name if it is found in the `PATH`.
    ///   - arguments: What it is given.
    ///   - environment: Variables beside those of this process.
    init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        printed = folder.url.appending(path: "output")
        try Data().write(to: printed)
        let output = try FileHandle(forWritingTo: printed)
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try output.close()
    }

    deinit {
        send(SIGKILL)
    }

    var id: Int32 { process.processIdentifier }

    /// What it printed so far, errors included.
    var output: String {
        (try? String(contentsOf: printed, encoding: .utf8)) ?? ""
    }

    func send(_ signal: Int32) {
        if process.isRunning { kill(process.processIdentifier, signal) }
    }

    /// Waits for its end.
    ///
    /// - Returns: Its exit status; the number of the signal, negative, if one ended it.
    @discardableResult
    func end(within limit: Duration = .seconds(30)) async throws -> Int32 {
        try await eventually("process \(id) ends; it printed: \(output)", within: limit) { !process.isRunning }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}
