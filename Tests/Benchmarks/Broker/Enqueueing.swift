import Figures
import SQJobsSQLite

/// Enqueues no-op jobs.
struct Enqueueing {
    let broker: any Broker
    let count: Int

    private static let tasks = 128
    private static let batch = 1000

    func oneByOne() async throws -> RunFigures {
        try await .of("enqueue-one", count: count) {
            for _ in 0..<count { try await broker.enqueue(NoopJob.self, [1, 2, 3, 4]) }
        }
    }

    func concurrently() async throws -> RunFigures {
        try await .of("enqueue-concurrent", count: count / Self.tasks * Self.tasks) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<Self.tasks {
                    group.addTask {
                        for _ in 0..<count / Self.tasks { try await broker.enqueue(NoopJob.self, [1, 2, 3, 4]) }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    func inBulk() async throws -> RunFigures {
        try await .of("enqueue-bulk", count: count / Self.batch * Self.batch) {
            for _ in 0..<count / Self.batch {
                let batch = Array(repeating: [1, 2, 3, 4], count: Self.batch)
                for answer in try await broker.enqueue(NoopJob.self, batch: batch) { _ = try answer.get() }
            }
        }
    }
}
