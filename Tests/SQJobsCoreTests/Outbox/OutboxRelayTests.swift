import Foundation
import SQJobsTesting
import Testing

@testable import SQJobsCore

@Suite("A relay of the outbox")
struct OutboxRelayTests {
    private let manual = ManualClock()
    private let store: InMemoryScheduleStore
    private let broker: InMemoryBroker

    init() throws {
        store = InMemoryScheduleStore(clock: manual.jobClock)
        broker = try InMemoryBroker("probes", clock: manual.jobClock)
    }

    @Test("sends what is put in while it runs, and what becomes due")
    func running() async throws {
        let relay = OutboxRelay(broker: broker, outbox: store, clock: manual.jobClock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await relay.run() }
            try await manual.waitForSleepers(1)
            _ = try await store.put([try entry("a"), try entry("b", after: 60)])
            try await eventually { try await waiting == 1 }
            try await manual.waitForSleepers(1)
            await manual.advance(by: .seconds(60))
            try await eventually { try await waiting == 2 }
            group.cancelAll()
        }
    }

    @Test("tries what is refused again with growing waits, and never gives it up")
    func refused() async throws {
        let relay = OutboxRelay(broker: broker, outbox: store, clock: manual.jobClock)
        _ = try await store.put([try entry("a", on: "missing"), try entry("b")])
        #expect(try await relay.relay() == 2)
        for refusals in 1...5 {
            let status = try #require(try await store.waiting(after: 0, limit: 10).first)
            #expect(status.refusals == refusals)
            #expect(status.error?.contains("“missing” does not exist") == true)
            #expect(try await relay.relay() == 0)
            await manual.advance(by: .seconds(5 * (1 << (refusals - 1))))
            #expect(try await relay.relay() == 1)
        }
        try await broker.administration?.create("missing", QueueSettings())
        await manual.advance(by: .seconds(3600))
        #expect(try await relay.relay() == 1)
        #expect(try await store.waiting(after: 0, limit: 10).isEmpty)
    }

    @Test("passes through the middleware what has not passed it yet, and nothing else")
    func middleware() async throws {
        struct Marking: EnqueueMiddleware {
            func enqueue(
                _ requests: [EnqueueRequest], to queue: QueueName,
                next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
            ) async throws -> [Result<SentMessage, SQJobsError>] {
                try await next(
                    requests.map { request in
                        var request = request
                        request.attributes["marked"] = "yes"
                        return request
                    })
            }
        }
        var marking = broker
        marking.enqueueMiddleware = [Marking()]
        var prepared = try entry("a")
        prepared.isPrepared = true
        _ = try await store.put([prepared, try entry("b")])
        _ = try await OutboxRelay(broker: marking, outbox: store, clock: manual.jobClock).relay()
        let deliveries = try await broker.receive(from: "probes", count: 10, wait: .zero, visibility: .seconds(30))
        let marks = try deliveries.map { (try MessageCodec.decode($0.body, messageID: "").id, $0.attributes["marked"]) }
        #expect(Dictionary(uniqueKeysWithValues: marks) == ["a": nil, "b": "yes"])
    }

    private func entry(_ id: String, on queue: QueueName = "probes", after seconds: Double = 0) throws -> OutboxEntry {
        OutboxEntry(
            message: JobMessage(id: id, name: "probe", arguments: try JobArguments()), queue: queue,
            dueAt: manual.now.addingTimeInterval(seconds))
    }

    private var waiting: Int? {
        get async throws { try await broker.administration?.statistics(of: "probes").waiting }
    }

    private func eventually(_ condition: () async throws -> Bool) async throws {
        let start = JobClock.system.elapsed()
        while try await !condition() {
            try #require(JobClock.system.elapsed() - start < .seconds(30), "it did not happen in time")
            await Task.yield()
        }
    }
}
