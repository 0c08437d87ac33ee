import Foundation
import SQJobsCore
import Testing

@testable import SQJobsPostgres

@Suite("sqjobs_enqueue", .timeLimit(.minutes(1)))
struct DirectEnqueueFunctionTests {
    @Test("sends a message that reads as one of ours")
    func reads() async throws {
        try await withStore { store in
            let id = try await enqueue(store, "'queue', 'a \"job\"', '[1, \"ü\"]', '{\"to\": null}'")
            let delivery = try #require(try await store.broker.take(1, from: "queue").first)
            #expect(!delivery.body.contains("\n"))
            let job = try MessageCodec.decode(delivery.body, messageID: delivery.messageID)
            #expect(job.id == id)
            #expect(JobID.date(of: id).map { abs($0.timeIntervalSinceNow) < 300 } == true)
            #expect(job.name == "a \"job\"")
            #expect(try job.arguments.positional() == [1, "ü"])
        }
    }

    @Test("is part of the transaction that calls it")
    func transactional() async throws {
        try await withStore { store in
            struct Regret: Error {}
            let sql = "SELECT \(store.pool.url.schema.quoted).sqjobs_enqueue('queue', 'job')"
            try? await store.pool.transaction { connection in
                _ = try await connection.execute(PostgresStatement(sql))
                throw Regret()
            }
            #expect(try await store.broker.take(1, from: "queue").isEmpty)
            let waiting = Task {
                try await store.broker.receive(
                    from: "queue", count: 1, wait: .seconds(20), visibility: .seconds(30))
            }
            try await store.pool.transaction { _ = try await $0.execute(PostgresStatement(sql)) }
            #expect(try await waiting.value.count == 1)
        }
    }

    @Test("takes id, delay, priority and attributes")
    func options() async throws {
        try await withStore { store in
            _ = try await enqueue(store, "'queue', 'late', options => '{\"delay\": 60}'")
            _ = try await enqueue(store, "'queue', 'low', options => '{\"id\": \"the-id\", \"priority\": -3}'")
            _ = try await enqueue(store, "'queue', 'high', NULL, '[]', '{\"attributes\": {\"note\": \"kept\"}}'")
            let deliveries = try await store.broker.take(10, from: "queue")
            let jobs = try deliveries.map { try MessageCodec.decode($0.body, messageID: "") }
            #expect(jobs.map(\.name) == ["high", "low"])
            #expect(jobs.map(\.id).last == "the-id")
            #expect(deliveries.first?.attributes == ["note": "kept"])
            let statistics = try await store.broker.administration?.statistics(of: "queue")
            #expect(statistics?.delayed == 1)
        }
    }

    @Test("puts messages of a group in order, and drops a repeat")
    func ordered() async throws {
        try await withStore(QueueSettings(isOrdered: true)) { store in
            for _ in 1...2 {
                for name in ["first", "second"] {
                    let options = #"{"group": "g", "id": "\#(name)"}"#
                    _ = try await enqueue(store, "'queue', '\(name)', options => '\(options)'")
                }
            }
            for name in ["first", "second"] {
                let taken = try await store.broker.take(10, from: "queue")
                #expect(try taken.map { try MessageCodec.decode($0.body, messageID: "").name } == [name])
                for answer in try await store.broker.delete(taken) { try answer.get() }
            }
            #expect(try await store.broker.take(10, from: "queue").isEmpty)
        }
    }

    @Test("leaves a job for a queue that is not in this database to the outbox")
    func elsewhere() async throws {
        try await withStore { store in
            let id = try await enqueue(store, "'queue on SQS', 'job', '[1]', '[]'")
            let entry = try #require(try await store.waiting(after: 0, limit: 1).first)
            #expect(entry.id == id)
            #expect(entry.queue == "queue on SQS")
        }
    }

    @Test(
        "refuses what cannot be, with a sentence",
        arguments: [
            ("'queue', ''", "has no name"),
            ("'queue', 'job', '{}'", "args must be a JSON array"),
            ("'queue', 'job', options => '{\"later\": 1}'", "there is no option \"later\""),
            ("'queue', 'job', options => '{\"group\": \"g\"}'", "has no ordered groups"),
            ("'queue', 'job', options => '{\"attributes\": {\"tenant\": 7}}'", "a JSON object of texts"),
            ("'elsewhere', 'job', options => '{\"attributes\": [1]}'", "a JSON object of texts"),
            ("'elsewhere', 'job', options => '{\"priority\": 3}'", "is not in this database"),
        ])
    func refused(_ arguments: String, _ sentence: String) async throws {
        try await withStore { store in
            let error = await #expect(throws: PostgresError.self) { try await enqueue(store, arguments) }
            #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
        }
    }

    private func withStore(
        _ settings: QueueSettings = QueueSettings(), _ body: (PostgresStore) async throws -> Void
    ) async throws {
        try await TestServer.shared().withStore { store in
            try await store.broker.administration?.create("queue", settings)
            try await body(store)
        }
    }

    private func enqueue(_ store: PostgresStore, _ arguments: String) async throws -> String {
        let rows = try await store.pool.execute(
            PostgresStatement("SELECT \(store.pool.url.schema.quoted).sqjobs_enqueue(\(arguments))"))
        return try rows[0].value(0)
    }
}
