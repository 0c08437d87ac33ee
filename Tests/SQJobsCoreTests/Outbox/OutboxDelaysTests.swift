import SQJobsTesting
import Testing

@testable import SQJobsCore

@Suite("Delays longer than the broker's")
struct OutboxDelaysTests {
    private final class Probe: Job<[Int], Void> {
        override class var queue: QueueName { "probes" }
    }

    private let manual = ManualClock()
    private let store: InMemoryScheduleStore
    private var broker: InMemoryBroker

    init() throws {
        store = InMemoryScheduleStore(clock: manual.jobClock)
        broker = try InMemoryBroker("probes", clock: manual.jobClock)
        broker.enqueueMiddleware.append(OutboxDelays(store, broker))
    }

    @Test("go through the outbox, and the job is on its queue when its time has come")
    func long() async throws {
        let ticket = try await broker.enqueue(Probe.self, [1], .delay(.seconds(108_000)))
        #expect(try await waiting == 0)
        #expect(try await store.waiting(after: 0, limit: 10).map(\.id) == [ticket.id])
        await manual.advance(by: .seconds(107_999))
        #expect(try await relay.relay() == 0)
        await manual.advance(by: .seconds(1))
        #expect(try await relay.relay() == 1)
        #expect(try await waiting == 1)
        #expect(try await store.waiting(after: 0, limit: 10).isEmpty)
        let delivery = try await broker.receive(from: "probes", count: 1, wait: .zero, visibility: .seconds(30))
        #expect(try MessageCodec.decode(delivery[0].body, messageID: "").id == ticket.id)
    }

    @Test("do not keep shorter ones from the queue")
    func short() async throws {
        try await broker.enqueue(Probe.self, [1], .delay(.seconds(900)))
        #expect(try await store.waiting(after: 0, limit: 10).isEmpty)
    }

    @Test("are an error that says what helps where there is no outbox")
    func none() async throws {
        let broker = try InMemoryBroker("probes", clock: manual.jobClock)
        let error = await #expect(throws: SQJobsError.self) {
            try await broker.enqueue(Probe.self, [1], .delay(.seconds(901)))
        }
        #expect(error?.code == .delayTooLong)
        #expect(error?.message.contains("OutboxDelays") == true)
    }

    @Test("do not let a message in that its queue will never hold")
    func large() async throws {
        let error = await #expect(throws: SQJobsError.self) {
            try await broker.enqueue(Probe.self, Array(repeating: 1_000_000, count: 200_000), .delay(.seconds(901)))
        }
        #expect(error?.code == .messageTooLarge)
        #expect(try await store.waiting(after: 0, limit: 10).isEmpty)
    }

    private var relay: OutboxRelay {
        OutboxRelay(broker: broker, outbox: store, clock: manual.jobClock)
    }

    private var waiting: Int? {
        get async throws { try await broker.administration?.statistics(of: "probes").waiting }
    }
}
