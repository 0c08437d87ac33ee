import Foundation
import SQJobsCore
import SQJobsPeriodic
import SQJobsResults
import SQJobsSQS
import TestSurroundings
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
                    let kills = try await kill(kind.count, of: home, server, minute, in: store, received)
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
                    #expect(kills.rounds >= Self.fewestKills)
                    #expect(Set(received.messages.all) == expected)
                    #expect(received.ran.count == expected.count, "a result job runs once")
                    let repeats = received.messages.count - expected.count
                    #expect(repeats > 0, "no kill came between the sending of a firing and its removal")
                    print(
                        "Death of beaters on \(kind): \(kills.count) kills at \(kills.rounds) instants (seed \(kills.seed)),"
                            + " \(expected.count) firings, none missed, \(repeats) sent again, each ran once")
                }
            }
        }
    }

    private struct Kills {
        var count = 0
        var rounds = 0
        let seed: UInt64
        var alive: [ChildProcess]
    }

    /// Kills half of the beaters every two seconds, and starts others: now when schedules are due and their firings are to
    /// be written, now when the first of those firings have come and the rest is being sent.
    private func kill(
        _ count: Int, of home: BeaterHome, _ server: TestServer, _ minute: BusyMinute, in store: any ScheduleStore,
        _ received: Received
    ) async throws -> Kills {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        var kills = Kills(seed: seed, alive: try (0..<count).map { _ in try home.start(server) })
        try await minute.begin(in: store)
        let clock = ContinuousClock()
        let start = clock.now
        var next = start + Self.period
        while clock.now < start + .seconds(Self.seconds) + Self.period {
            let places = (0..<count).shuffled(using: &random).prefix(count / 2)
            try await eventually("schedules are due, and two seconds are over") {
                guard clock.now >= next else { return false }
                return try await minute.isDue(in: store)
            }
            if kills.rounds % 3 > 0 {
                let before = received.messages.count
                try await eventually("the first firings come") { received.messages.count > before }
            }
            for place in places { kills.alive[place].send(SIGKILL) }
            next += Self.period
            kills.rounds += 1
            for place in places {
                let output = kills.alive[place].output
                try #require(try await kills.alive[place].end() == -SIGKILL, "\(output)")
                kills.count += 1
                kills.alive[place] = try home.start(server)
            }
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
