import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The example's program as a process of its own, with what it prints kept in a file. One that still runs when nobody
/// refers to it any more is killed.
final class Program: Sendable {
    private let process = Process()
    private let printed: URL

    /// Starts it.
    ///
    /// - Parameters:
    ///   - arguments: The command and what follows it.
    ///   - folder: Where it runs.
    init(_ arguments: [String], in folder: TemporaryFolder) throws {
        printed = folder.url.appending(path: "output-\(UUID())")
        try Data().write(to: printed)
        let output = try FileHandle(forWritingTo: printed)
        process.executableURL = Self.location
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("SQJOBS_") }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try output.close()
    }

    deinit {
        send(SIGKILL)
    }

    /// What it printed so far, errors included.
    var output: String {
        (try? String(contentsOf: printed, encoding: .utf8)) ?? ""
    }

    func send(_ signal: Int32) {
        if process.isRunning { kill(process.processIdentifier, signal) }
    }

    /// Waits until it says where it is open.
    func port() async throws -> Int {
        let port = try await eventually("the shop is open") {
            output.firstMatch(of: /url=http:\S+:(\d+)\s/).flatMap { Int($0.output.1) }
        } until: {
            $0 != nil || !process.isRunning
        }
        guard let port else { throw NeverHappened(what: "the shop is open", last: output) }
        return port
    }

    /// Waits for its end.
    ///
    /// - Returns: Its exit status; the number of the signal, negative, if one ended it.
    func end() async throws -> Int32 {
        try await eventually("it ends") {
            process.isRunning ? "running: \(output)" : ""
        } until: {
            $0.isEmpty
        }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// SwiftPM puts all products of a build beside one another.
    private static var location: URL {
        let bundle = Bundle.allBundles.first { $0.bundleURL.pathExtension == "xctest" }
        let folder = bundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
        return folder.appending(path: "webapp")
    }
}
