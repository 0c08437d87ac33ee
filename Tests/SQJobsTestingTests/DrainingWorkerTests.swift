import Foundation
import SQJobsTesting
import Synchronization
import Testing

@Suite("A worker that drains under a manual clock", .timeLimit(.minutes(1)))
struct DrainingWorkerTests {
    private final class Note: Job<String, Void> {
        override class var name: String { "note" }
        override class var queue: QueueName { "notes" }

        private let notes: Notes

        init(notes: Notes) {
            self.notes = notes
        }

        override func run(_ text: String) async throws {
            notes.add("\(text) at \(context.enqueuedAt?.timeIntervalSince1970 ?? 0)")
        }
    }

    private final class Flaky: Job<Int, Void> {
        struct NotYet: Error {}

        override class var name: String { "flaky" }
        override class var queue: QueueName { "notes" }
        override class var maximumAttempts: Int? { 5 }
        override class var retryPolicy: RetryPolicy { .constant(.seconds(3600)) }

        override func run(_ succeedsAt: Int) async throws {
            guard context.attempt >= succeedsAt else { throw NotYet() }
        }
    }

    private final class Chain: Job<Int, Void> {
        override class var name: String { "chain" }
        override class var queue: QueueName { "chains" }

        private let broker: InMemoryBroker

        init(broker: InMemoryBroker) {
            self.broker = broker
        }

        override func run(_ rest: Int) async throws {
            guard rest > 0 else { return }
            try await broker.enqueue(Chain.self, rest - 1, .delay(.seconds(60)))
        }
    }

    private final class Notes: Sendable {
        private let content = Mutex<[String]>([])
        var all: [String] { content.withLock(\.self) }
        func add(_ note: String) { content.withLock { $0.append(note) } }
    }

    private let clock = ManualClock()
    private let broker: InMemoryBroker
    private let notes = Notes()
    private let worker: DrainingWorker

    init() throws {
        let (notes, broker) = (
            notes,
            try InMemoryBroker("notes", "chains", settings: QueueSettings(maximumReceives: 20), clock: clock.jobClock)
        )
        self.broker = broker
        worker = DrainingWorker(
            broker: broker,
            jobs: JobRegistry {
                Note(notes: notes)
                Flaky()
                Chain(broker: broker)
            }, clock: clock)
    }

    @Test("it runs what waits, returns, and finds nothing the second time")
    func waiting() async throws {
        try await broker.enqueue(Note.self, batch: ["a", "b"])
        let attempts = try await worker.drain()
        #expect(attempts.map(\.outcome.label) == ["success", "success"], "\(attempts)")
        #expect(notes.all.count == 2)
        #expect(try await worker.drain().isEmpty)
    }

    @Test("retries and delays come at their own times, and take no real time")
    func retries() async throws {
        let start = clock.elapsed
        try await broker.enqueue(Flaky.self, 4)
        try await broker.enqueue(Note.self, "later", .delay(.seconds(600)))
        let attempts = try await worker.drain()
        #expect(
            attempts.map(\.description) == [
                "flaky, attempt 1: failure (NotYet())", "note, attempt 1: success",
                "flaky, attempt 2: failure (NotYet())", "flaky, attempt 3: failure (NotYet())",
                "flaky, attempt 4: success",
            ])
        #expect(clock.elapsed - start >= .seconds(3 * 3600))
        #expect(clock.elapsed - start < .seconds(3 * 3600 + 120))
    }

    @Test("a job that is exhausted ends with the dead")
    func exhausted() async throws {
        try await broker.enqueue(Flaky.self, 9)
        let attempts = try await worker.drain()
        #expect(attempts.map(\.outcome.label) == ["failure", "failure", "failure", "failure", "exhausted"])
        #expect(try await #require(broker.administration).deadMessages(of: "notes", limit: 10).count == 1)
    }

    @Test("jobs that enqueue others are followed, up to the limit")
    func chains() async throws {
        try await broker.enqueue(Chain.self, 10)
        #expect(try await worker.drain("chains").count == 11)
        try await broker.enqueue(Chain.self, 10)
        #expect(try await worker.drain("chains", limit: .seconds(200)).count == 4)
        #expect(try await #require(broker.administration).statistics(of: "chains").delayed == 1)
    }

    @Test("a job that never ends is an error instead of a test that hangs")
    func hanging() async throws {
        final class Hanging: Job<NoParameters, Void> {
            override class var queue: QueueName { "notes" }
            let clock: ManualClock
            init(clock: ManualClock) { self.clock = clock }
            override func run(_ parameters: NoParameters) async throws { try await clock.sleep(for: .seconds(1)) }
        }
        try await broker.enqueue(Hanging.self)
        let clock = clock
        let worker = DrainingWorker(broker: broker, jobs: JobRegistry { Hanging(clock: clock) }, clock: clock)
        let error = await #expect(throws: SQJobsError.self) {
            try await worker.drain(patience: .milliseconds(50))
        }
        #expect(error?.code == .timedOut)
    }
}
