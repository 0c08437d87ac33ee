import SQJobsTesting
import Testing

@Suite("The recording broker")
struct RecordingBrokerTests {
    final class SendTicket: Job<SendTicket.Parameters, Void> {
        struct Parameters: Codable, Equatable, Sendable {
            var order: Int
            var note: String?
        }

        override class var name: String { "send_ticket" }
        override class var queue: QueueName { "mail" }
    }

    final class CleanUp: Job<NoParameters, Void> {}

    let broker = RecordingBroker(clock: ManualClock().jobClock)

    @Test("gives back what was enqueued, typed and with its options")
    func typed() async throws {
        let ticket = try await broker.enqueue(
            SendTicket.self, .init(order: 7, note: "seat 4"), .delay(.seconds(300)), .attribute("tenant", "north"))
        try await broker.enqueue(CleanUp.self)
        let recorded = try #require(try broker.enqueued(SendTicket.self).first)
        #expect(try broker.enqueued(SendTicket.self).count == 1)
        #expect(recorded.parameters == .init(order: 7, note: "seat 4"))
        #expect(recorded.id == ticket.id)
        #expect(recorded.queue == "mail")
        #expect(recorded.delay == .seconds(300))
        #expect(recorded.attributes == ["tenant": "north"])
        #expect(recorded.enqueuedAt == ManualClock().now)
        #expect(recorded.group == nil && recorded.deduplicationID == nil)
        #expect(broker.enqueued.map(\.name) == ["send_ticket", "CleanUp"])
    }

    @Test("reads arguments that were given by name as a worker would")
    func byName() async throws {
        try await broker.enqueue(named: "send_ticket", on: "elsewhere", args: [7], kwargs: ["note": "x", "new": true])
        let recorded = try broker.enqueued(SendTicket.self)
        #expect(recorded.map(\.parameters) == [.init(order: 7, note: "x")])
        #expect(recorded.map(\.queue) == ["elsewhere"])
        try await broker.enqueue(named: "send_ticket", on: "mail", args: ["seven"])
        let error = #expect(throws: SQJobsError.self) { try broker.enqueued(SendTicket.self) }
        #expect(error?.code == .invalidArguments)
        #expect(broker.enqueued(named: "send_ticket").count == 2)
    }

    @Test("knows groups on queues that end in .fifo, and Amazon SQS's limits everywhere")
    func limits() async throws {
        try await broker.enqueue(CleanUp.self, .queue("orders.fifo"), .group("north"))
        let recorded = try #require(try broker.enqueued(CleanUp.self).first)
        #expect(recorded.group == "north")
        #expect(recorded.deduplicationID == recorded.id)
        await #expect(throws: SQJobsError.self) { try await broker.enqueue(CleanUp.self, .group("north")) }
        await #expect(throws: SQJobsError.self) { try await broker.enqueue(CleanUp.self, .delay(.seconds(901))) }
        #expect(broker.enqueued.count == 1)
    }

    @Test("describes what was enqueued in a line each")
    func descriptions() async throws {
        #expect(broker.description == "nothing enqueued")
        try await broker.enqueue(CleanUp.self)
        try await broker.enqueue(
            named: "adder_job", on: "orders.fifo", args: [1, 2], .group("g"), .deduplicationID("d"),
            .attribute("k", "v"))
        #expect(
            broker.description == """
                CleanUp([], {}) on sqjobs
                adder_job([1,2], {}) on orders.fifo, group g, deduplication id d, k: v
                """)
        #expect(try broker.enqueued(CleanUp.self).first?.description == "CleanUp() on sqjobs")
        try await broker.enqueue(SendTicket.self, .init(order: 7), .delay(.seconds(5)))
        #expect(
            try broker.enqueued(SendTicket.self).first?.description
                == "send_ticket(Parameters(order: 7, note: nil)) on mail, delay 5.0 seconds")
    }

    @Test("shares its record with its copies and forgets it when told")
    func copies() async throws {
        var copy = broker
        copy.enqueueMiddleware = []
        try await copy.enqueue(CleanUp.self)
        #expect(broker.enqueued.count == 1)
        copy.clear()
        #expect(broker.enqueued.isEmpty)
    }

    @Test("runs nothing, and says so")
    func delivers() async throws {
        let error = await #expect(throws: SQJobsError.self) {
            try await broker.receive(from: "mail", count: 1, wait: .zero, visibility: .seconds(1))
        }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("InMemoryBroker") == true)
        #expect(broker.administration == nil)
    }
}
