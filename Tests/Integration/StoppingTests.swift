import Foundation
import SQJobsCore
import TestSurroundings
import Testing

/// The queues' visibility time-outs are longer than the tests, so that no expiry hides a message that was not released.
@Suite("Stopping of workers", .timeLimit(.minutes(2)))
struct StoppingTests {
    private let journal: JournalFile

    init() throws {
        journal = try JournalFile()
    }

    @Test("SIGTERM lets running jobs finish and releases everything else", arguments: BrokerPlace.allCases)
    func finishes(place: BrokerPlace) async throws {
        try await place.withBroker { broker, environment in
            let queue = try await broker.makeQueue(QueueSettings(visibility: .seconds(300)))
            try await enqueue("waiting_job", 1500, count: 40, on: queue, broker)
            let worker = try WorkerProcess.start(queue, journal, environment, "--concurrency", "8")
            try await eventually("8 jobs run; the worker printed: \(worker.output)") { journal.started.count >= 8 }
            worker.send(SIGTERM)
            let status = try await worker.end()
            #expect(status == 0, "\(worker.output)")
            #expect(Set(journal.ended) == Set(journal.started))
            let statistics = try await broker.statistics(of: queue)
            #expect(statistics.inFlight == 0)
            #expect(statistics.waiting == 40 - journal.ended.count)
        }
    }

    @Test("a buffer of jobs that have not begun goes back at once", arguments: BrokerPlace.allCases)
    func releasesBuffer(place: BrokerPlace) async throws {
        try await place.withBroker { broker, environment in
            let queue = try await broker.makeQueue(QueueSettings(visibility: .seconds(300)))
            try await enqueue("waiting_job", 50, count: 40, on: queue, broker)
            try await enqueue("waiting_job", 1000, count: 40, on: queue, broker)
            let worker = try WorkerProcess.start(queue, journal, environment, "--concurrency", "4")
            try await eventually("a long job runs; the worker printed: \(worker.output)") {
                journal.started.count >= 42
            }
            worker.send(SIGTERM)
            let status = try await worker.end()
            #expect(status == 0, "\(worker.output)")
            #expect(Set(journal.ended) == Set(journal.started))
            let statistics = try await broker.statistics(of: queue)
            #expect(statistics.inFlight == 0)
            #expect(statistics.waiting == 80 - journal.ended.count)
        }
    }

    @Test(
        "a job that still blocks is named in the log and left behind; one that can be cancelled is released",
        arguments: BrokerPlace.allCases)
    func leavesBlockedBehind(place: BrokerPlace) async throws {
        try await place.withBroker { broker, environment in
            let queue = try await broker.makeQueue(QueueSettings(visibility: .seconds(300)))
            let blocked = try await enqueue("blocking_job", 60_000, count: 1, on: queue, broker)
            try await enqueue("waiting_job", 60_000, count: 1, on: queue, broker)
            // As many places as jobs: a receive that is given up could make the local server hide a released message.
            let worker = try WorkerProcess.start(
                queue, journal, environment, "--concurrency", "2", "--shutdown-timeout", "1s")
            try await eventually("both jobs run; the worker printed: \(worker.output)") { journal.started.count == 2 }
            worker.send(SIGTERM)
            let status = try await worker.end(within: .seconds(15))
            #expect(status == 0, "\(worker.output)")
            #expect(journal.ended.isEmpty)
            let line = worker.output.split(separator: "\n").first { $0.contains("left behind") }
            #expect(line?.contains(blocked[0]) == true, "\(worker.output)")
            #expect(line?.contains("blocking_job") == true, "\(worker.output)")
            let statistics = try await broker.statistics(of: queue)
            #expect((statistics.waiting, statistics.inFlight, statistics.delayed) == (1, 1, 0))
        }
    }

    @Test("a worker on an idle queue stops within two seconds", arguments: BrokerPlace.allCases)
    func idle(place: BrokerPlace) async throws {
        try await place.withBroker { broker, environment in
            let queue = try await broker.makeQueue(QueueSettings())
            let worker = try WorkerProcess.start(queue, journal, environment)
            try await enqueue("waiting_job", 0, count: 1, on: queue, broker)
            try await eventually("the worker works; it printed: \(worker.output)") { journal.ended.count == 1 }
            try await broker.waitUntilEmpty(queue)
            worker.send(SIGTERM)
            let status = try await worker.end(within: .seconds(2))
            #expect(status == 0, "\(worker.output)")
        }
    }

    @Test("a second SIGTERM skips the wait and releases what runs", arguments: BrokerPlace.allCases)
    func hurries(place: BrokerPlace) async throws {
        try await place.withBroker { broker, environment in
            let queue = try await broker.makeQueue(QueueSettings(visibility: .seconds(300)))
            try await enqueue("waiting_job", 60_000, count: 2, on: queue, broker)
            let worker = try WorkerProcess.start(queue, journal, environment, "--concurrency", "2")
            try await eventually("both jobs run; the worker printed: \(worker.output)") { journal.started.count == 2 }
            worker.send(SIGTERM)
            try await eventually("the worker says that it stops; it printed: \(worker.output)") {
                worker.output.contains("another signal skips the wait")
            }
            worker.send(SIGTERM)
            let status = try await worker.end(within: .seconds(10))
            #expect(status == 0, "\(worker.output)")
            #expect(journal.ended.isEmpty)
            let statistics = try await broker.statistics(of: queue)
            #expect((statistics.waiting, statistics.inFlight, statistics.delayed) == (2, 0, 0))
        }
    }

    @discardableResult
    private func enqueue(
        _ job: String, _ milliseconds: Int, count: Int, on queue: QueueName, _ broker: any Broker
    ) async throws -> [String] {
        var ids: [String] = []
        for _ in 0..<count {
            ids.append(try await broker.enqueue(named: job, on: queue, args: [.int(milliseconds)]).id)
        }
        return ids
    }
}
