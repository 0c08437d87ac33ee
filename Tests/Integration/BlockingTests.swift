import Foundation
import SQJobsCore
import TestSurroundings
import Testing

@Suite("Jobs that block", .timeLimit(.minutes(2)))
struct BlockingTests {
    /// More than there are threads in Swift's own pool, even where it adds some when it finds them blocked.
    private static let places = 24

    @Test(
        "jobs that block every place for longer than the visibility time-out are not delivered twice",
        arguments: BrokerPlace.allCases)
    func blocked(place: BrokerPlace) async throws {
        let journal = try JournalFile()
        try await place.withBroker { broker, environment in
            let queue = try await broker.makeQueue(QueueSettings(visibility: .seconds(3)))
            var ids: Set<String> = []
            for _ in 0..<Self.places {
                ids.insert(try await broker.enqueue(named: "blocking_job", on: queue, args: [8000]).id)
            }
            let worker = try WorkerProcess.start(queue, journal, environment, "--concurrency", "\(Self.places)")
            try await eventually("all jobs run; the worker printed: \(worker.output)", within: .seconds(15)) {
                journal.started.count >= Self.places
            }
            // A second worker, with all its places free, would take whatever came back.
            let other = try WorkerProcess.start(queue, journal, environment)
            try await eventually("all jobs ended") { Set(journal.ended) == ids }
            try await broker.waitUntilEmpty(queue)
            for process in [worker, other] { process.send(SIGTERM) }
            for process in [worker, other] {
                let status = try await process.end()
                #expect(status == 0, "\(process.output)")
            }
            #expect(journal.started.count == Self.places)
            #expect(journal.entries.allSatisfy { $0.process == worker.id })
        }
    }
}
