import Foundation
import SQJobsCommands

/// Blocks its thread: its parameter is how long, in milliseconds. It heeds no cancellation.
final class BlockingJob: Job<Int, Void> {
    override class var name: String { "blocking_job" }
    override class var queue: QueueName { "integration" }

    private let journal: Journal

    init(journal: Journal) {
        self.journal = journal
    }

    override func run(_ milliseconds: Int) async throws {
        journal.note("start", context.id)
        block(for: Double(milliseconds) / 1000)
        journal.note("end", context.id)
    }

    private func block(for seconds: Double) {
        Thread.sleep(forTimeInterval: seconds)
    }
}
