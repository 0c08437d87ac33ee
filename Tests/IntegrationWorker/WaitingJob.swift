import SQJobsCommands

/// Waits as jobs do that wait for a network: its parameter is how long, in milliseconds. It can be cancelled.
final class WaitingJob: Job<Int, Void> {
    override class var name: String { "waiting_job" }
    override class var queue: QueueName { "integration" }

    private let journal: Journal

    init(journal: Journal) {
        self.journal = journal
    }

    override func run(_ milliseconds: Int) async throws {
        journal.note("start", context.id)
        try await JobClock.system.sleep(.milliseconds(milliseconds))
        journal.note("end", context.id)
    }
}
