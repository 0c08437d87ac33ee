import Foundation
import SQJobsTesting
import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("Enqueueing in SQL, on PostgreSQL")
struct EnqueueFunctionTests {
    @Test("puts the job into the outbox, and returns the id with which it is sent")
    func enqueueing() async throws {
        try await TestServer.shared().withStore { store in
            let id = try await enqueue("'sums', 'adder', '[1, 2]', '{\"a\": \"ñ\"}'", in: store)
            #expect(
                try #/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#.wholeMatch(in: id) != nil)
            let made = try #require(JobID.date(of: id))
            #expect(abs(made.timeIntervalSinceNow) < 60)
            let broker = try InMemoryBroker("sums")
            #expect(try await OutboxRelay(broker: broker, outbox: store).relay() == 1)
            let delivery = try await broker.receive(from: "sums", count: 1, wait: .zero, visibility: .seconds(30))
            let message = try MessageCodec.decode(try #require(delivery.first).body, messageID: "")
            #expect(message.id == id)
            #expect(message.name == "adder")
            #expect(try message.arguments.positional() == [1, 2])
            #expect(try message.arguments.keywords() == ["a": "ñ"])
        }
    }

    @Test("takes the options that it knows")
    func options() async throws {
        try await TestServer.shared().withStore { store in
            let id = try await enqueue("'sums', 'adder', options => '{\"delay\": 3600, \"id\": \"mine\"}'", in: store)
            #expect(id == "mine")
            let status = try #require(try await store.waiting(after: 0, limit: 1).first)
            #expect(abs(status.dueAt.timeIntervalSinceNow - 3600) < 60)
            let both = #"{"delay": 3600, "at": "2030-01-02T03:04:05Z"}"#
            _ = try await enqueue("'sums', 'adder', options => '\(both)'", in: store)
            let last = try #require(try await store.waiting(after: status.number, limit: 1).first)
            #expect(last.dueAt == Date(timeIntervalSince1970: 1_893_553_445))
        }
    }

    @Test("keeps attributes; an empty map of PHP's is none")
    func attributes() async throws {
        try await TestServer.shared().withStore { store in
            _ = try await enqueue("'sums', 'adder', options => '{\"attributes\": {\"tenant\": \"ñ\"}}'", in: store)
            _ = try await enqueue("'sums', 'adder', options => '{\"attributes\": []}'", in: store)
            let claims = try await store.claim(2, at: Date(timeIntervalSinceNow: 60), lease: .seconds(60), queues: [])
            #expect(claims.map(\.entry.attributes) == [["tenant": "ñ"], [:]])
        }
    }

    @Test(
        "refuses what no job can have",
        arguments: [
            "'', 'adder'", "'sums', ''", "'sums', NULL", "'sums', 'adder', '{}'", "'sums', 'adder', '[]', '[1]'",
        ])
    func refusals(_ arguments: String) async throws {
        try await TestServer.shared().withStore { store in
            await #expect(throws: SQJobsError.self) { _ = try await enqueue(arguments, in: store) }
            let left = try await store.waiting(after: 0, limit: 1)
            #expect(left.isEmpty)
        }
    }

    @Test("leaves nothing of a transaction that is undone")
    func undone() async throws {
        struct Undone: Error {}
        try await TestServer.shared().withStore { store in
            let function = store.pool.url.schema.qualified("sqjobs_enqueue")
            await #expect(throws: Undone.self) {
                try await store.pool.transaction { connection in
                    _ = try await connection.execute(PostgresStatement("SELECT \(function)('sums', 'adder')"))
                    throw Undone()
                }
            }
            let left = try await store.waiting(after: 0, limit: 1)
            #expect(left.isEmpty)
        }
    }

    @Test("wakes whoever listens, as a change of a schedule does")
    func waking() async throws {
        try await TestServer.shared().withStore { store in
            let begun = Recorder<Int>()
            let stream = try #require(store.wakeUps())
            let task = Task {
                var count = 0
                for await _ in stream {
                    count += 1
                    begun.add(count)
                }
            }
            defer { task.cancel() }
            try await eventually("the listening begins") { begun.count >= 1 }
            let before = begun.count
            _ = try await enqueue("'sums', 'adder'", in: store)
            try await eventually("the function notifies") { begun.count > before }
            let then = begun.count
            let schedule = try Schedule("a", job: "adder", queue: "sums", "* * * * *")
            _ = try await store.add([ScheduleDraft(schedule, nextAt: nil)])
            try await eventually("the change notifies") { begun.count > then }
        }
    }

    private func enqueue(_ arguments: String, in store: PostgresStore) async throws -> String {
        let function = store.pool.url.schema.qualified("sqjobs_enqueue")
        return try await store.using { pool in
            let rows = try await pool.execute(PostgresStatement("SELECT \(function)(\(arguments))"))
            return try rows[0].value(0)
        }
    }
}
