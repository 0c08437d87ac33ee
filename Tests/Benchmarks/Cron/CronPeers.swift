import Foundation

/// cronsim and croniter, measured in the same run by `cron_peers.py`.
struct CronPeers: Decodable {
    struct Result: Decodable {
        let cronsim: CronMeasurement
        let croniter: CronMeasurement?
    }

    let versions: [String: String]
    let cases: [Result]

    private struct Job: Encodable {
        let cases: [CronCase]
        let repeats: Int
    }

    struct Failure: Error, CustomStringConvertible {
        let status: Int32
        var description: String { "cron_peers.py ended with status \(status)" }
    }

    /// Runs the script with the Python that `SQJOBS_BENCH_PYTHON` names, or `python3`.
    static func measure(_ cases: [CronCase], repeats: Int) throws -> CronPeers {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "cron_peers.py")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [ProcessInfo.processInfo.environment["SQJOBS_BENCH_PYTHON"] ?? "python3", script.path()]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        // A Python without the packages ends before it reads; the write then throws instead of ending this program.
        signal(SIGPIPE, SIG_IGN)
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(Job(cases: cases, repeats: repeats)))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return try JSONDecoder().decode(CronPeers.self, from: answer)
    }
}
