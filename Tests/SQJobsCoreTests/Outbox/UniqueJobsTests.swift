import Logging
import SQJobsTesting
import Testing

@testable import SQJobsCore

@Suite("Jobs with a unique key")
struct UniqueJobsTests {
    private final class Probe: Job<[Int], Void> {
        override class var queue: QueueName { "probes" }

        override func run(_ numbers: [Int]) async throws {}
    }

    private let manual = ManualClock()
    private let store: InMemoryScheduleStore
    private var broker: InMemoryBroker

    init() throws {
        store = InMemoryScheduleStore(clock: manual.jobClock)
        broker = try InMemoryBroker("probes", clock: manual.jobClock)
        broker.enqueueMiddleware.append(UniqueJobs(store, broker))
    }

    @Test("are one until a worker starts it")
    func pending() async throws {
        let first = try await broker.enqueue(Probe.self, [1], .uniqueKey("k"))
        let second = try await broker.enqueue(Probe.self, [2], .uniqueKey("k"))
        #expect(second.id == first.id)
        #expect(try await waiting == 1)
        #expect(try await broker.enqueue(Probe.self, [3], .uniqueKey("other")).id != first.id)

        let delivery = try await broker.receive(from: "probes", count: 1, wait: .zero, visibility: .seconds(30))[0]
        let context = JobContext(
            message: try MessageCodec.decode(delivery.body, messageID: ""), queue: "probes",
            attributes: delivery.attributes, logger: Logger(label: "test"))
        _ = await UniqueKeys(store).execute(context) { .success(output: ()) }
        #expect(try await broker.enqueue(Probe.self, [4], .uniqueKey("k")).id != first.id)
    }

    @Test("are one for a period, whether a worker starts it or not")
    func period() async throws {
        let first = try await broker.enqueue(Probe.self, [1], .uniqueKey("k", per: .seconds(60)))
        let delivery = try await broker.receive(from: "probes", count: 1, wait: .zero, visibility: .seconds(30))[0]
        #expect(delivery.attributes.isEmpty)
        await manual.advance(by: .seconds(59))
        #expect(try await broker.enqueue(Probe.self, [2], .uniqueKey("k", per: .seconds(60))).id == first.id)
        await manual.advance(by: .seconds(1))
        #expect(try await broker.enqueue(Probe.self, [3], .uniqueKey("k", per: .seconds(60))).id != first.id)
    }

    @Test("that are refused give their key back")
    func refused() async throws {
        let error = await #expect(throws: SQJobsError.self) {
            try await broker.enqueue(Probe.self, [1], .uniqueKey("k"), .delay(.seconds(100_000)))
        }
        #expect(error?.code == .delayTooLong)
        let ticket = try await broker.enqueue(Probe.self, [2], .uniqueKey("k"))
        #expect(try await waiting == 1)
        #expect(ticket.messageID != ticket.id)
    }

    @Test("are an error that says what helps where no store keeps the key")
    func none() async throws {
        let broker = try InMemoryBroker("probes", clock: manual.jobClock)
        let error = await #expect(throws: SQJobsError.self) {
            try await broker.enqueue(Probe.self, [1], .uniqueKey("k"))
        }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("UniqueJobs") == true)
    }

    private var waiting: Int? {
        get async throws { try await broker.administration?.statistics(of: "probes").waiting }
    }
}
