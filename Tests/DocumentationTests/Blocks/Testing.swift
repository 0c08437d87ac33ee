import DocumentationContext
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

    @Test("a draining worker runs what is enqueued, delays included", .timeLimit(.minutes(1)))
    func worker() async throws {
        let jobs = JobRegistry { SendTicket() }
        let clock = ManualClock()
        let broker = try InMemoryBroker("mail", clock: clock.jobClock)
        let worker = DrainingWorker(broker: broker, jobs: jobs, clock: clock)
        try await broker.enqueue(SendTicket.self, .init(order: 7, email: "ada@example.com"), .delay(.seconds(600)))
        let attempts = try await worker.drain()
        #expect(attempts.map(\.outcome.label) == ["success"], "\(attempts)")
        #expect(clock.elapsed >= .seconds(600))
    }

    @Test("a manual beater fires what is due", .timeLimit(.minutes(1)))
    func beater() async throws {
        let evening = Date(timeIntervalSince1970: 1_800_000_600)
        let jobs = JobRegistry { Hourly() }
        let clock = ManualClock(now: evening)
        let broker = RecordingBroker(clock: clock.jobClock)
        let beater = ManualBeater(broker: broker, jobs: jobs, clock: clock)
        try await beater.advance(by: .seconds(86_400))
        #expect(try broker.enqueued(Hourly.self).count == 24, "\(broker)")
    }

    @Test("a store in memory keeps results", .timeLimit(.minutes(1)))
    func results() async throws {
        let jobs = JobRegistry { RenderInvoice() }
        let clock = ManualClock()
        var broker = try InMemoryBroker("invoices", clock: clock.jobClock)
        let store = InMemoryResultStore(clock: clock.jobClock)
        broker.enqueueMiddleware.append(EnqueueRecording(store, jobs: jobs))
        let worker = DrainingWorker(
            broker: broker, jobs: jobs, middleware: [ExecutionRecording(store, jobs: jobs, clock: clock.jobClock)],
            clock: clock)
        let ticket = try await broker.enqueue(RenderInvoice.self, Order(lines: 120))
        try await worker.drain()
        #expect(try await Results(store).output(of: ticket).pages == 4)
    }
}
