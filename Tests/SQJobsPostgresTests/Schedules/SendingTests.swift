import Foundation
import SQJobsTesting
import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("What a beater on PostgreSQL sends")
struct SendingTests {
    /// Asks the server, while something is being sent, how many of the schema's connections have a transaction open.
    private struct Asking: EnqueueMiddleware {
        let store: PostgresStore
        let answers: Recorder<Int>

        func enqueue(
            _ requests: [EnqueueRequest], to queue: QueueName,
            next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
        ) async throws -> [Result<SentMessage, SQJobsError>] {
            let rows = try await store.pool.execute(
                PostgresStatement(
                    """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE pid <> pg_backend_pid() AND xact_start IS NOT NULL AND query LIKE '%' || $1 || '%'
                    """, .text(store.pool.url.schema.name)))
            answers.add(try rows[0].value(0))
            return try await next(requests)
        }
    }

    @Test("is sent while no transaction is open")
    func noTransaction() async throws {
        try await TestServer.shared().withStore { store in
            let answers = Recorder<Int>()
            var broker = try InMemoryBroker("ticks")
            broker.enqueueMiddleware = [Asking(store: store, answers: answers)]
            let due = JobClock.system.now().addingTimeInterval(-3)
            let drafts = try (0..<50).map { number in
                ScheduleDraft(try Schedule("s\(number)", job: "probe", queue: "ticks", "* * * * * *"), nextAt: due)
            }
            _ = try await store.add(drafts)
            let beater = Beater(broker: broker, store: store, jobs: JobRegistry())
            #expect(try await beater.beat().firings > 0)
            while try await beater.relayOnce() > 0 {}
            #expect(answers.count > 0)
            #expect(answers.all.allSatisfy { $0 == 0 })
            let waiting = try await broker.administration?.statistics(of: "ticks").waiting ?? 0
            #expect(waiting >= 50)
        }
    }

    @Test("is sent soon when a schedule is added, however long the interval")
    func waking() async throws {
        try await TestServer.shared().withStore { store in
            let broker = try InMemoryBroker("ticks")
            let configuration = BeaterConfiguration(interval: .seconds(3600))
            let beater = Beater(broker: broker, store: store, jobs: JobRegistry(), configuration: configuration)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await beater.run() }
                try await Schedules(store).add(try Schedule("a", job: "probe", queue: "ticks", "* * * * * *"))
                try await eventually("the firing is on its queue") {
                    try await broker.administration?.statistics(of: "ticks").waiting ?? 0 > 0
                }
                group.cancelAll()
            }
        }
    }
}
