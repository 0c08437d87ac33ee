import Logging
import SQJobsCore
import SQJobsPostgres
import SQJobsTesting
import ServiceLifecycle
import TestSurroundings
import Testing

@Suite("PostgreSQL restarted under a worker", .timeLimit(.minutes(3)))
struct RestartTests {
    private static let jobs = 2_000

    @Test("in the middle of 2,000 result jobs all succeed, and the worker goes on")
    func restarted() async throws {
        let server = try await TestServer.own()
        let log = LogCapture()
        try await server.withStore(at: server.freshSchema(), logger: log.logger) { store in
            let ran = Recorder<Int>()
            let gate = Gate()
            let registry = JobRegistry { Doubled(ran: ran, gate: gate) }
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
            try await server.order("stop")
            // Half of the jobs are still to be run, others to be recorded, while there is no server.
            gate.open()
            try await eventually("the server is missed") { log.lines.contains { $0.contains("PostgreSQL is away") } }
            try await server.order("start")
            let ids = try tickets.map { try ResultID(of: $0.id) }
            // Less than what a job is put off whose store refuses it: the store was away, and refused nothing.
            try await eventually("all jobs succeeded", within: .seconds(45)) {
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

/// Returns twice its number; the second half of the jobs waits at the gate.
private final class Doubled: ResultJob<[Int], Int> {
    private static let ungated = 1_000

    private let ran: Recorder<Int>
    private let gate: Gate

    init(ran: Recorder<Int>, gate: Gate) {
        self.ran = ran
        self.gate = gate
    }

    override func run(_ numbers: [Int]) async throws -> Int {
        ran.add(numbers[0])
        if ran.count > Self.ungated { await gate.wait() }
        return numbers[0] * 2
    }
}
