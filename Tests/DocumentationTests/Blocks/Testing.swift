import Foundation
import SQJobsEager
import SQJobsPeriodic
import SQJobsResults
import SQJobsTesting
import Testing

/// The blocks of topics/testing.md, which are tests themselves.
@Suite("What topics/testing.md shows")
struct TestingPage {
    final class SendTicket: Job<SendTicket.Parameters, Void> {
        struct Parameters: Codable, Sendable {
            var order: Int
            var email: String
        }

        override class var queue: QueueName { "mail" }

        override func run(_ parameters: Parameters) async throws {
            guard parameters.order > 0 else { throw Discard("there is no such order") }
        }
    }

    final class Hourly: PeriodicJob {
        override class var queue: QueueName { "mail" }
        override class var schedule: CronExpression { "0 * * * *" }

        override func run(_ tick: Tick) async throws {}
    }

    private func checkout(_ order: Int, broker: some Broker) async throws {
        try await broker.enqueue(SendTicket.self, .init(order: order, email: ""), .delay(.seconds(300)))
    }

    @Test("a recording broker tells what was enqueued")
    func recording() async throws {
        let broker = RecordingBroker()
        try await checkout(7, broker: broker)
        let tickets = try broker.enqueued(SendTicket.self)
        #expect(tickets.map(\.parameters.order) == [7])
        #expect(tickets[0].delay == .seconds(300))
    }

    @Test("an eager broker runs a job in place")
    func eager() async throws {
        let broker = EagerBroker { SendTicket() }
        let done = try await broker.enqueue(SendTicket.self, .init(order: 7, email: "ada@example.com"))
        #expect(done.attempts == 1)
        await #expect(throws: Discard.self) {
            try await broker.enqueue(SendTicket.self, .init(order: 0, email: "ada@example.com"))
        }
    }

    @Test("a worker runs what is on a queue in memory, and returns")
    func worker() async throws {
        let jobs = JobRegistry { SendTicket() }
        let broker = try InMemoryBroker("mail")
        try await broker.enqueue(SendTicket.self, .init(order: 7, email: "ada@example.com"))
        var configuration = WorkerConfiguration()
        configuration.stopsWhenEmpty = true
        let worker = Worker(broker: broker, queues: ["mail"], jobs: jobs, configuration: configuration)
        try await worker.run()
        #expect(try await broker.administration?.statistics(of: "mail").isEmpty == true)
    }

    @Test("a beater on a manual clock fires what is due", .timeLimit(.minutes(1)))
    func beater() async throws {
        let evening = Date(timeIntervalSince1970: 1_800_000_600)
        let jobs = JobRegistry { Hourly() }
        let broker = try InMemoryBroker("mail")
        let clock = ManualClock(now: evening)
        let store = InMemoryScheduleStore(clock: clock.jobClock)
        let beater = Beater(broker: broker, store: store, jobs: jobs, clock: clock.jobClock)
        let beating = Task { try await beater.run() }
        try await clock.waitForSleepers(2)  // the beater, and the relay within it
        await clock.advance(by: .seconds(3600))
        try await clock.waitForSleepers(2)
        beating.cancel()
        try await beating.value
        #expect(try await broker.administration?.statistics(of: "mail").waiting == 1)
    }

    @Test("a store in memory keeps results", .timeLimit(.minutes(1)))
    func results() async throws {
        let jobs = JobRegistry { RenderInvoice() }
        var configuration = WorkerConfiguration()
        configuration.stopsWhenEmpty = true
        var broker = try InMemoryBroker("sqjobs", "invoices")
        let store = InMemoryResultStore()
        broker.enqueueMiddleware.append(EnqueueRecording(store, jobs: jobs))
        let worker = Worker(
            broker: broker, queues: ["invoices"], jobs: jobs, middleware: [ExecutionRecording(store, jobs: jobs)],
            configuration: configuration)
        let ticket = try await broker.enqueue(RenderInvoice.self, Order(lines: 120), .queue("invoices"))
        try await worker.run()
        #expect(try await Results(store).output(of: ticket).pages == 4)
    }
}
