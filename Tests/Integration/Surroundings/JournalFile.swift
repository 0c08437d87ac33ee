import Foundation
import TestSurroundings

/// What the jobs of worker processes wrote about themselves.
struct JournalFile: Sendable {
    struct Entry: Sendable, Hashable {
        let event: String
        let job: String
        let process: Int32
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    var path: String { folder.url.appending(path: "journal").path }

    /// The lines so far, in the order in which they were written.
    var entries: [Entry] {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 3, let process = Int32(words[2]) else { return nil }
            return Entry(event: String(words[0]), job: String(words[1]), process: process)
        }
    }

    /// The jobs that were started, once for each start.
    var started: [String] { entries.filter { $0.event == "start" }.map(\.job) }

    /// The jobs that ended, once for each end.
    var ended: [String] { entries.filter { $0.event == "end" }.map(\.job) }

    /// How many jobs a process ended.
    func finished(by process: Int32) -> Int {
        entries.count { $0.event == "end" && $0.process == process }
    }

    /// The jobs that a process started and did not end.
    func unfinished(of process: Int32) -> Set<String> {
        var jobs: Set<String> = []
        for entry in entries where entry.process == process {
            if entry.event == "start" { jobs.insert(entry.job) } else { jobs.remove(entry.job) }
        }
        return jobs
    }
}
