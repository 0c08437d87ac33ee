import Logging
import SQJobsCore
import SQJobsPostgres
import ServiceLifecycle
import TestSurroundings
import Testing

@Suite("PostgreSQL restarted under a worker on its queues", .timeLimit(.minutes(3)))
struct BrokerRestartTests {
    private static let jobs = 3_000

    @Test("twice in the middle of 3,000 jobs, all of them run, and the worker goes on")
    func restarted() async throws {
        let server = try await TestServer.own()
        try await server.withStore(pool: 6) { store in
            let ran = Recorder<Int>()
            let broker = store.broker
            // A claim whose answer was lost with the connection holds its messages for so long.
            try await broker.administration?.create("q", QueueSettings(visibility: .seconds(3)))
            for answer in try await broker.enqueue(Noted.self, batch: (0..<Self.jobs).map { [$0] }, .queue("q")) {
                _ = try answer.get()
            }
            let worker = Worker(
                broker: broker, queues: ["q"], jobs: JobRegistry { Noted(ran: ran) }, logger: .quiet)
            let group = ServiceGroup(services: [worker], logger: .quiet)
            let end = Recorder<Bool>()
            let running = Task {
                defer { end.add(true) }
                try await group.run()
            }
            for part in 1...2 {
                try await eventually("a part of the jobs ran", within: .seconds(60)) {
                    ran.count >= Self.jobs * part / 4
                }
                try await server.order("restart")
            }
            try await eventually("all jobs ran and their messages are gone", within: .seconds(90)) {
                guard Set(ran.all).count == Self.jobs else { return false }
                return (try? await broker.administration?.statistics(of: "q"))?.isEmpty == true
            }
            #expect(end.count == 0, "the worker's run() did not return")
            try await broker.enqueue(Noted.self, [Self.jobs], .queue("q"))
            try await eventually("the worker is notified of a further job") { ran.all.contains(Self.jobs) }
            await group.triggerGracefulShutdown()
            try await running.value
        }
    }
}

/// Notes its number, after a little while: the restarts are to come in the middle.
private final class Noted: Job<[Int], Void> {
    private let ran: Recorder<Int>

    init(ran: Recorder<Int>) {
        self.ran = ran
    }

    override func run(_ numbers: [Int]) async throws {
        try await JobClock.system.sleep(.milliseconds(5))
        ran.add(numbers[0])
    }
}
