import Foundation
import SQJobsCore
import SQJobsPeriodic
import SQJobsResults
import SQJobsSQS
import Testing

/// Real beaters on a real database, whose queues are on SQS.
@Suite("Death of beaters", .serialized, .timeLimit(.minutes(6)))
struct BeaterDeathTests {
    private static let schedules = 500
    private static let seconds = 60
    private static let period = Duration.seconds(2)
    private static let fewestKills = 20

    @Test("beaters that are killed while schedules are due miss no firing", arguments: [Beaters.postgres, .sqlite])
    func killed(_ kind: Beaters) async throws {
        let server = try TestServer()
        let home = try BeaterHome(kind)
        try await server.withBroker { broker in
            try await home.withStore { store in
                var queues: [QueueName] = []
                for _ in 0..<5 { queues.append(try await broker.makeQueue(QueueSettings())) }
                let minute = BusyMinute(schedules: Self.schedules, queues: queues)
                let received = Received()
                let jobs = JobRegistry { BusyJob(received: received) }
                let worker = WorkerInPlace(
                    broker: broker, queues: queues, jobs: jobs, concurrency: 32,
                    middleware: [received, ExecutionRecording(store, jobs: jobs)])
                try await worker.run {
                    let kills = try await kill(kind.count, of: home, server, minute, in: store)
                    let expected = try await minute.end(in: store)
                    #expect(expected.count >= Self.schedules * Self.seconds)
                    try await eventually("all \(expected.count) firings came", within: .seconds(150)) {
                        received.ran.count >= expected.count && Set(received.ran.all).isSuperset(of: expected)
                    }
                    for queue in queues { try await broker.waitUntilEmpty(queue) }
                    for beater in kills.alive { beater.send(SIGTERM) }
                    for beater in kills.alive {
                        let status = try await beater.end()
                        #expect(status == 0, "\(beater.output)")
                    }
                    #expect(kills.count >= Self.fewestKills)
                    #expect(Set(received.messages.all) == expected)
                    #expect(received.ran.count == expected.count, "a result job runs once")
                    let repeats = received.messages.count - expected.count
                    print(
                        "Death of beaters on \(kind): \(kills.count) kills (seed \(kills.seed)), \(expected.count)"
                            + " firings, none missed, \(repeats) sent again, each ran once")
                }
            }
        }
    }

    private struct Kills {
        var count = 0
        let seed: UInt64
        var alive: [ChildProcess]
    }

    /// Kills one of the beaters every two seconds, at an instant at which schedules are due, and starts another.
    private func kill(
        _ count: Int, of home: BeaterHome, _ server: TestServer, _ minute: BusyMinute, in store: any ScheduleStore
    ) async throws -> Kills {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        var kills = Kills(seed: seed, alive: try (0..<count).map { _ in try home.start(server) })
        try await minute.begin(in: store)
        let clock = ContinuousClock()
        let start = clock.now
        var next = start + Self.period
        while clock.now < start + .seconds(Self.seconds) + Self.period {
            let place = Int.random(in: 0..<count, using: &random)
            try await eventually("schedules are due, and two seconds are over; \(kills.alive[place].output)") {
                guard clock.now >= next else { return false }
                return try await minute.isDue(in: store)
            }
            kills.alive[place].send(SIGKILL)
            next += Self.period
            try #require(try await kills.alive[place].end() == -SIGKILL, "\(kills.alive[place].output)")
            kills.count += 1
            kills.alive[place] = try home.start(server)
        }
        return kills
    }
}

/// What came over the queues.
private final class Received: ExecutionMiddleware {
    /// The ids of all messages.
    let messages = Recorder<String>()
    /// The ids of the jobs that ran.
    let ran = Recorder<String>()

    func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        messages.add(context.id)
        return await next()
    }
}

/// The job that the schedules fire.
private final class BusyJob: ResultJob<Tick, Int> {
    override class var name: String { BusyMinute.job }

    private let received: Received

    init(received: Received) {
        self.received = received
    }

    override func run(_ tick: Tick) async throws -> Int {
        received.ran.add(context.id)
        return 1
    }
}
