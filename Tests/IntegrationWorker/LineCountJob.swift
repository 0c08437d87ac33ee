import Foundation
import SQJobsCommands

/// Counts the lines of a file, whose path is its parameter, and fails for good while there is none. Its result is kept.
final class LineCountJob: ResultJob<String, Int> {
    override class var name: String { "line_count_job" }
    override class var queue: QueueName { "integration" }

    override func run(_ path: String) async throws -> Int {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { throw Discard("there is no file") }
        context.progress(1, "counted")
        return text.split(separator: "\n").count
    }
}
