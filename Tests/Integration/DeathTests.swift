import Foundation
import SQJobsCore
import TestSurroundings
import Testing

@Suite("Death of workers", .timeLimit(.minutes(4)))
struct DeathTests {
    private static let kills = 20
    private static let workers = 3

    @Test("workers that are killed while jobs run lose none", arguments: BrokerPlace.allCases)
    func killed(place: BrokerPlace) async throws {
        try await place.withBroker { broker, environment in
            let queue = try await broker.makeQueue(QueueSettings(visibility: .seconds(3)))
            let journal = try JournalFile()
            let supply = JobSupply(broker: broker, queue: queue)
            var workers = try (0..<Self.workers).map { _ in try start(queue, journal, environment) }
            var kills = 0
            var cutOff = 0
            var turn = 0
            while kills < Self.kills {
                let index = turn % Self.workers
                // Some die with their first jobs, others in the middle of settling and receiving.
                let finished = turn * 7 % 20
                turn += 1
                try await eventually("worker \(workers[index].id) runs jobs; it printed: \(workers[index].output)") {
                    try await supply.topUp(started: Set(journal.started).count)
                    return journal.finished(by: workers[index].id) >= finished
                        && !journal.unfinished(of: workers[index].id).isEmpty
                }
                workers[index].send(SIGKILL)
                try #require(try await workers[index].end() == -SIGKILL)
                // What it left unfinished it left at the instant of its death: nothing is written by it any more.
                let left = journal.unfinished(of: workers[index].id)
                if !left.isEmpty { kills += 1 }
                cutOff += left.count
                workers[index] = try start(queue, journal, environment)
            }

            let ids = await supply.ids
            try await eventually("all \(ids.count) jobs ended", within: .seconds(90)) {
                Set(journal.ended).isSuperset(of: ids)
            }
            try await broker.waitUntilEmpty(queue)
            for worker in workers { worker.send(SIGTERM) }
            for worker in workers {
                let status = try await worker.end()
                #expect(status == 0, "\(worker.output)")
            }

            #expect(cutOff >= Self.kills)
            #expect(Set(journal.ended) == ids)
            let repeats = journal.started.count - ids.count
            print(
                "Death of workers on \(place): \(kills) kills, \(cutOff) jobs cut off, \(ids.count) jobs, \(repeats) repeats, none lost"
            )
        }
    }

    private func start(_ queue: QueueName, _ journal: JournalFile, _ environment: [String: String]) throws
        -> ChildProcess
    {
        try WorkerProcess.start(queue, journal, environment, "--concurrency", "8", "--log-level", "error")
    }
}

/// Jobs of 50 to 200 ms, enqueued as workers get through them: there are always some left to run.
private actor JobSupply {
    private let broker: any Broker
    private let queue: QueueName
    private(set) var ids: Set<String> = []

    private static let reserve = 150

    init(broker: any Broker, queue: QueueName) {
        self.broker = broker
        self.queue = queue
    }

    func topUp(started: Int) async throws {
        guard ids.count - started < Self.reserve else { return }
        let durations = (0..<100).map { JSONValue.int(50 + ($0 * 37) % 151) }
        let messages = try durations.map { duration in
            let id = UUID().uuidString
            ids.insert(id)
            let job = JobMessage(id: id, name: "waiting_job", arguments: try JobArguments(args: [duration]))
            return OutgoingMessage(body: try MessageCodec.encode(job))
        }
        for answer in try await broker.send(messages, to: queue) { _ = try answer.get() }
    }
}
