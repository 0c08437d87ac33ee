import Foundation
import TestSurroundings

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A program that has ended.
struct Program {
    /// Its exit status; not 0 if a signal ended it.
    let status: Int32
    /// What it printed, errors included.
    let output: String

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - arguments: Its name, found in the `PATH`, or its path; then what it is given.
    ///   - folder: Where it runs.
    ///   - environment: All of its variables; those of this process if `nil`.
    ///   - limit: When it, and all that it started, is killed.
    static func run(
        _ arguments: [String], in folder: URL? = nil, environment: [String: String]? = nil,
        limit: Duration = .seconds(120)
    ) async throws -> Program {
        let files = try TemporaryFolder()
        let printed = files.url.appending(path: "output")
        try Data().write(to: printed)
        let output = try FileHandle(forWritingTo: printed)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.environment = environment ?? ProcessInfo.processInfo.environment
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let ended = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in ended.continuation.finish() }
        try process.run()
        try output.close()
        let id = process.processIdentifier
        let watch = Task {
            try await ContinuousClock().sleep(for: limit)
            // Its process group is its own, unless the system's Foundation thinks otherwise.
            if kill(-id, SIGKILL) != 0 { kill(id, SIGKILL) }
        }
        for await _ in ended.stream {}
        watch.cancel()
        let text = String(decoding: try Data(contentsOf: printed), as: UTF8.self)
        let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Program(status: status, output: text)
    }
}
