import Foundation
import SQJobsCore
import SQJobsSQLite
import SQJobsSQS
import TestSurroundings
import Testing

@Suite("Results over SQS", .timeLimit(.minutes(2)))
struct ResultTests {
    @Test("a finished job that SQS delivers again is deleted and not run")
    func deliveredAgain() async throws {
        try await TestServer().withBroker { broker in
            let queue = try await broker.makeQueue(QueueSettings())
            let folder = try TemporaryFolder()
            let store = try SQLiteStore(path: folder.url.appending(path: "jobs.sqlite").path)
            try await store.migrate()
            let ran = Recorder<String>()
            let jobs = JobRegistry { CountedJob(ran: ran) }
            var recorded = broker
            recorded.enqueueMiddleware.append(EnqueueRecording(store, jobs: jobs))
            let results = Results(store)

            let ticket = try await recorded.enqueue(CountedJob.self, "first", .queue(queue))
            #expect(try await results.status(of: ticket.id)?.state == .pending)
            try await WorkerInPlace(
                broker: broker, queue: queue, jobs: jobs,
                middleware: .standard + [ExecutionRecording(store, jobs: jobs)]
            ).run {
                #expect(try await results.output(of: ticket) == "first, once")
                for repeated in ["second", "third"] {
                    try await recorded.enqueue(CountedJob.self, repeated, .queue(queue), .id(ticket.id))
                }
                try await broker.waitUntilEmpty(queue)
            }
            #expect(ran.all == ["first"])
            #expect(try await results.status(of: ticket.id)?.attempt == 1)
            await store.shutdown()
        }
    }
}

/// A job that writes down each of its runs.
private final class CountedJob: ResultJob<String, String> {
    override class var name: String { "counted_job" }

    private let ran: Recorder<String>

    init(ran: Recorder<String>) {
        self.ran = ran
    }

    override func run(_ text: String) async throws -> String {
        ran.add(text)
        return "\(text), once"
    }
}
