import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A process of `sqlite-worker`. One that still runs when nobody refers to it any more is killed.
final class WorkerProcess: Sendable {
    private let process = Process()
    private let folder: TemporaryFile
    private let printed: URL

    init(_ arguments: [String]) throws {
        folder = try TemporaryFile()
        printed = folder.folder.appending(path: "output")
        try Data().write(to: printed)
        let output = try FileHandle(forWritingTo: printed)
        process.executableURL = Self.program
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try output.close()
    }

    deinit {
        kill()
    }

    /// What it printed so far.
    var output: String { (try? String(contentsOf: printed, encoding: .utf8)) ?? "" }

    /// The jobs that it completed so far.
    var done: [String] {
        output.split(separator: "\n").filter { $0.hasPrefix("done ") }.map { String($0.dropFirst(5)) }
    }

    /// How its attempts ended.
    var outcomes: [String] {
        output.split(separator: "\n").filter { $0.hasPrefix("outcome ") }.map { String($0.dropFirst(8)) }
    }

    /// Its exit status; the number of the signal, negative, if one ended it.
    var status: Int32 {
        process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    func kill() { send(SIGKILL) }

    func send(_ number: Int32) {
        if process.isRunning { _ = signal(process.processIdentifier, number) }
    }

    /// Waits until it printed a line.
    func wait(for line: String) async throws {
        try await wait { output.split(separator: "\n").contains { $0 == line } }
    }

    /// Waits for its end.
    func end() async throws {
        try await wait { false }
    }

    /// Waits until a condition is true, or the process has ended.
    func wait(until isTrue: () -> Bool) async throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(90)
        while process.isRunning, !isTrue() {
            guard clock.now < end else { throw StillRunning(output: String(output.suffix(500))) }
            try await clock.sleep(for: .milliseconds(5))
        }
    }

    /// A process that did not end in time.
    struct StillRunning: Error {
        let output: String
    }

    /// SwiftPM puts all products of a build beside one another.
    private static var program: URL {
        let bundle = Bundle.allBundles.first { $0.bundleURL.pathExtension == "xctest" }
        let folder = bundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
        return folder.appending(path: "sqlite-worker")
    }
}

private func signal(_ process: Int32, _ number: Int32) -> Int32 {
    kill(process, number)
}
