import Foundation
import SQJobsCore
import SQJobsSQLite
import SQJobsSQS
import TestSurroundings
import Testing

@Suite("Moving from one broker to another", .timeLimit(.minutes(3)))
struct MoveTests {
    private static let jobs = 4_000

    @Test("`queues move` from SQLite to SQS that is killed again and again loses nothing, and a last run ends the move")
    func killed() async throws {
        let server = try TestServer()
        let folder = try TemporaryFolder()
        let url = "sqlite:\(folder.url.path)/jobs.sqlite"
        try await server.withBroker { destination in
            let queue = try await destination.makeQueue(QueueSettings(visibility: .seconds(120)))
            let store = try SQLiteStore(path: "\(folder.url.path)/jobs.sqlite")
            try await store.migrate()
            try await #require(store.broker.administration).create(queue, QueueSettings())
            let tickets = try await store.broker.enqueue(
                WaitJob.self, batch: (1...Self.jobs).map { _ in NoParameters() }, .queue(queue))
            let ids = Set(try tickets.map { try $0.get().id })

            var kills = 0
            while kills < 5 {
                let before = try await destination.statistics(of: queue).waiting
                let move = try start(queue, url, server)
                try await eventually("something moves; it printed: \(move.output)") {
                    if move.output.contains("Moved") { return true }
                    return try await destination.statistics(of: queue).waiting > before
                }
                move.send(SIGKILL)
                guard try await move.end() == -SIGKILL else { break }
                kills += 1
            }
            // What the killed ones held comes back once its lease ends.
            let last = try start(queue, url, server, "--until-empty")
            #expect(try await last.end(within: .seconds(120)) == 0, "\(last.output)")
            #expect(try await #require(store.broker.administration).statistics(of: queue).isEmpty)
            await store.shutdown()

            var moved: [String] = []
            while true {
                let deliveries = try await destination.receive(
                    from: queue, count: 10, wait: .zero, visibility: .seconds(120))
                guard !deliveries.isEmpty else { break }
                moved += try deliveries.map { try MessageCodec.decode($0.body, messageID: $0.messageID).id }
            }
            #expect(kills >= 2)
            #expect(Set(moved) == ids)
            print("Move: \(kills) kills, \(ids.count) jobs, \(moved.count - ids.count) repeats, none lost")
        }
    }

    private final class WaitJob: Job<NoParameters, Void> {
        override class var name: String { "waiting_job" }
    }

    private func start(
        _ queue: QueueName, _ url: String, _ server: TestServer, _ options: String...
    ) throws -> ChildProcess {
        try ChildProcess(
            WorkerProcess.program.path, ["queues", "move", queue.rawValue, "--from", url, "--to", "sqs:"] + options,
            environment: server.environment.merging(["SQJOBS_TEST_JOURNAL": "/dev/null"]) { _, new in new })
    }
}
