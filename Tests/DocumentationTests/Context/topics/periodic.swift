import GRDB
import SQJobsCommands
import SQJobsTesting

let store = InMemoryScheduleStore()

extension Nightly {
    func count(_ tick: Tick) async throws -> Int { tick.arguments.count }
}

final class Remind: Job<Int, Void> {
    override func run(_ order: Int) async throws {}
}
