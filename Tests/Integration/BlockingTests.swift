import Foundation
import SQJobsCore
import SQJobsSQS
import Testing

@Suite("Jobs that block", .timeLimit(.minutes(2)))
struct BlockingTests {
    @Test("a job that blocks its thread for longer than the visibility time-out, on every place, is not delivered twice")
    func blocked() async throws {
        let server = try TestServer()
        let journal = try JournalFile()
        try await server.withBroker { broker in
            let queue = try await broker.makeQueue(QueueSettings(visibility: .seconds(3)))
            var ids: Set<String> = []
            for _ in 0..<4 {
                ids.insert(try await broker.enqueue(named: "blocking_job", on: queue, args: [8000]).id)
            }
            let worker = try WorkerProcess.start(queue, journal, server, "--concurrency", "4")
            try await eventually("4 jobs run; the worker printed: \(worker.output)") { journal.started.count >= 4 }
            // A second worker, with all its places free, would take whatever came back.
            let other = try WorkerProcess.start(queue, journal, server, "--concurrency", "4")
            try await eventually("all jobs ended") { Set(journal.ended) == ids }
            try await broker.waitUntilEmpty(queue)
            for process in [worker, other] { process.send(SIGTERM) }
            for process in [worker, other] {
                let status = try await process.end()
                #expect(status == 0, "\(process.output)")
            }
            #expect(journal.started.count == 4)
            #expect(journal.entries.allSatisfy { $0.process == worker.id })
        }
    }
}
