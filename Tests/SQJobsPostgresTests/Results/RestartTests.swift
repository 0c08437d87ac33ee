import Logging
import SQJobsCore
import SQJobsPostgres
import SQJobsTesting
import ServiceLifecycle
import Testing

@Suite("PostgreSQL restarted under a worker", .timeLimit(.minutes(3)))
struct RestartTests {
    private static let jobs = 2_000

    @Test("in the middle of 2,000 result jobs all succeed, and the worker goes on")
    func restarted() async throws {
        let server = try await TestServer.own()
        try await server.withStore(pool: 4) { store in
            let ran = Recorder<Int>()
            let registry = JobRegistry { Doubled(ran: ran) }
            var broker = try InMemoryBroker("q", settings: QueueSettings(visibility: .seconds(30)))
            var options = RecordingOptions()
            // A claim whose answer was lost with the connection holds its row for so long.
            options.lease = .seconds(2)
            broker.enqueueMiddleware.append(EnqueueRecording(store, jobs: registry, options: options))
            let sent = try await broker.enqueue(Doubled.self, batch: (0..<Self.jobs).map { [$0] }, .queue("q"))
            let tickets = try sent.map { try $0.get() }

            var configuration = WorkerConfiguration()
            configuration.concurrency = 16
            let worker = Worker(
                broker: broker, queues: ["q"], jobs: registry,
                middleware: .standard + [ExecutionRecording(store, jobs: registry, options: options, logger: .quiet)],
                configuration: configuration, logger: .quiet)
            let group = ServiceGroup(services: [worker], logger: .quiet)
            let end = Recorder<Bool>()
            let running = Task {
                defer { end.add(true) }
                try await group.run()
            }
            try await eventually("a part of the jobs ran") { ran.count >= Self.jobs / 10 }
            try await server.order("restart")
            #expect(ran.count < Self.jobs, "the restart came in the middle")
            let ids = try tickets.map { try ResultID(of: $0.id) }
            try await eventually("all jobs succeeded", within: .seconds(90)) {
                try await store.statuses(of: ids).allSatisfy { $0?.state == .success }
            }
            #expect(end.count == 0, "the worker's run() did not return")
            let statuses = try await store.statuses(of: ids)
            for (number, status) in statuses.enumerated() {
                #expect(try status?.output(as: Int.self) == number * 2)
            }
            await group.triggerGracefulShutdown()
            try await running.value
        }
    }
}

/// Returns twice its number.
private final class Doubled: ResultJob<[Int], Int> {
    private let ran: Recorder<Int>

    init(ran: Recorder<Int>) {
        self.ran = ran
    }

    override func run(_ numbers: [Int]) async throws -> Int {
        ran.add(numbers[0])
        return numbers[0] * 2
    }
}
