import GRDB
import SQJobsTesting
import Testing

@testable import SQJobsSQLite

@Suite("Enqueueing within an app's own transaction, on SQLite")
struct TransactionalEnqueueTests {
    private final class Probe: Job<[Int], Void> {
        override class var queue: QueueName { "probes" }
    }

    private struct Undone: Error {}

    private let file: TemporaryFile
    private let manual = ManualClock()
    private let store: SQLiteStore
    private let app: DatabasePool
    private let broker: InMemoryBroker

    init() async throws {
        file = try TemporaryFile()
        store = try SQLiteStore(path: file.path, clock: manual.jobClock)
        try await store.migrate()
        app = try DatabasePool(path: file.path)
        broker = try InMemoryBroker("probes", "others", clock: manual.jobClock)
        try await app.write { try $0.execute(sql: "CREATE TABLE orders (number INTEGER PRIMARY KEY)") }
    }

    @Test("sends the job once the transaction is committed, with the id that was known at once")
    func committed() async throws {
        let ticket = try await app.write { database in
            try database.execute(sql: "INSERT INTO orders VALUES (1)")
            return try store.enqueue(Probe.self, [1, 2], in: database)
        }
        #expect(try await relay.relay() == 1)
        let delivery = try await broker.receive(from: "probes", count: 10, wait: .zero, visibility: .seconds(30))
        let message = try MessageCodec.decode(delivery[0].body, messageID: "")
        #expect(delivery.count == 1)
        #expect(message.id == ticket.id)
        #expect(try message.arguments.positional() == [1, 2])
    }

    @Test("leaves nothing of a transaction that is undone")
    func undone() async throws {
        await #expect(throws: Undone.self) {
            try await app.write { database in
                try store.enqueue(Probe.self, [1], in: database)
                throw Undone()
            }
        }
        #expect(try await store.waiting(after: 0, limit: 10).isEmpty)
    }

    @Test("takes a delay of any length and another queue, but no unique key")
    func options() async throws {
        _ = try await app.write { database in
            try store.enqueue(Probe.self, [1], in: database, .delay(.seconds(100_000)), .queue("others"))
        }
        #expect(try await relay.relay() == 0)
        await manual.advance(by: .seconds(100_000))
        #expect(try await relay.relay() == 1)
        #expect(try await broker.administration?.statistics(of: "others").waiting == 1)
        let error = await #expect(throws: SQJobsError.self) {
            _ = try await app.write { try store.enqueue(Probe.self, [1], in: $0, .uniqueKey("k")) }
        }
        #expect(error?.code == .unsupported)
    }

    private var relay: OutboxRelay {
        OutboxRelay(broker: broker, outbox: store, clock: manual.jobClock)
    }
}
