import Foundation
import SQJobsCore
import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("The broker in a database", .timeLimit(.minutes(2)))
struct PostgresBrokerTests {
    @Test("delivers messages of higher priority first, and those of one in the order in which they were sent")
    func priority() async throws {
        try await withBroker { broker, queue in
            for (name, priority) in [("low", -1), ("a", 0), ("high", 5), ("b", 0), ("higher", 6)] {
                try await broker.enqueue(named: name, on: queue, .priority(priority))
            }
            let names = try await broker.take(10, from: queue).map {
                try MessageCodec.decode($0.body, messageID: "").name
            }
            #expect(names == ["higher", "high", "a", "b", "low"])
        }
    }

    @Test("delivers nothing of a paused queue, settles what is held, and goes on when it is resumed")
    func pause() async throws {
        try await withBroker { broker, queue in
            let administration = try #require(broker.administration)
            for _ in 1...3 { try await broker.enqueue(named: "job", on: queue) }
            let held = try await broker.take(2, from: queue)
            try await administration.pause(queue)
            #expect(try await administration.isPaused(queue))
            #expect(try await broker.take(10, from: queue).isEmpty)
            for answer in try await broker.delete([held[0]]) { try answer.get() }
            for answer in try await broker.release([Release(held[1])]) { try answer.get() }
            #expect(try await broker.take(10, from: queue).isEmpty)
            let waiting = Task {
                try await broker.receive(from: queue, count: 10, wait: .seconds(20), visibility: .seconds(30))
            }
            try await administration.resume(queue)
            #expect(try await waiting.value.count == 2)
        }
    }

    enum Sender: String, CaseIterable, Sendable {
        case broker
        case function
    }

    @Test(
        "a message that is sent while its queue is removed goes with it, and is not left under a queue that is gone",
        arguments: Sender.allCases, [false, true])
    func removedWhileSending(sender: Sender, isOrdered: Bool) async throws {
        try await TestServer.shared().withStore { store in
            let administration = try #require(store.broker.administration)
            try await administration.create("q", QueueSettings(isOrdered: isOrdered))
            let queue = try await store.queues.row(of: "q")
            let schema = store.pool.url.schema
            let end = Recorder<Bool>()
            let removal = try await store.pool.transaction { connection in
                let message = OutgoingMessage(body: "body", group: isOrdered ? "g" : nil)
                switch sender {
                case .function:
                    let call = "SELECT \(schema.qualified("sqjobs_enqueue"))('q', 'job')"
                    _ = try await connection.pipeline([PostgresStatement(call)])
                case .broker where isOrdered:
                    _ = try await store.queues.rows.sendOrdered([message], to: queue, on: connection)
                case .broker:
                    _ = try await store.queues.rows.send([message], to: queue, on: connection)
                }
                let removal = Task {
                    defer { end.add(true) }
                    try await administration.remove("q")
                }
                let waiting = PostgresStatement(
                    """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE wait_event_type = 'Lock' AND query LIKE '%' || $1 || '%'
                    """, .text(schema.name))
                try await eventually("the removal waits, or is done") {
                    let count: Int = try await store.pool.execute(waiting)[0].value(0)
                    return count > 0 || end.count > 0
                }
                return removal
            }
            try await removal.value
            let orphans = PostgresStatement(
                """
                SELECT count(*) FROM \(schema.qualified("messages")) AS message
                WHERE NOT EXISTS (SELECT FROM \(schema.qualified("queues")) WHERE id = message.queue)
                """)
            let count: Int = try await store.pool.execute(orphans)[0].value(0)
            #expect(count == 0)
        }
    }

    @Test("holds one message of a group at a time, however many are asked for")
    func groups() async throws {
        try await withBroker(QueueSettings(isOrdered: true)) { broker, queue in
            for group in ["a", "b"] {
                for _ in 1...3 { try await broker.enqueue(named: "job", on: queue, .group(group)) }
            }
            for _ in 1...3 {
                let taken = try await broker.take(10, from: queue)
                #expect(taken.map(\.group) == ["a", "b"])
                #expect(try await broker.take(10, from: queue).isEmpty)
                for answer in try await broker.delete(taken) { try answer.get() }
            }
            #expect(try await broker.take(10, from: queue).isEmpty)
        }
    }

    @Test("loses no message of a group when some are sent while others are deleted")
    func groupRace() async throws {
        try await withBroker(QueueSettings(isOrdered: true)) { broker, queue in
            let count = 120
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for number in 0..<count {
                        try await broker.enqueue(named: "job", on: queue, .group("\(number % 3)"))
                    }
                }
                group.addTask {
                    var done = 0
                    while done < count {
                        let taken = try await broker.receive(
                            from: queue, count: 10, wait: .seconds(10), visibility: .seconds(30))
                        try #require(!taken.isEmpty, "stuck after \(done)")
                        for answer in try await broker.delete(taken) { try answer.get() }
                        done += taken.count
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("tells who waits of what another connection sends, well before it looks for itself")
    func notified() async throws {
        let server = try TestServer.shared()
        let url = server.freshSchema()
        try await server.withStore(at: url) { store in
            try await store.broker.administration?.create("queue", QueueSettings())
            try await server.withStore(at: url) { other in
                for _ in 1...20 {
                    let waiting = Task {
                        try await store.broker.receive(
                            from: "queue", count: 1, wait: .seconds(20), visibility: .seconds(30))
                    }
                    try await eventually("the wait was announced") {
                        let rows = try await store.pool.execute(
                            PostgresStatement(
                                "SELECT waited_for_until > now() FROM \(store.pool.url.schema.qualified("queues"))"))
                        return try rows.first?.value(0) ?? false
                    }
                    try await other.broker.enqueue(named: "job", on: "queue")
                    let taken = try await waiting.value
                    #expect(taken.count == 1)
                    for answer in try await store.broker.delete(taken) { try answer.get() }
                }
            }
        }
    }

    @Test("says to migrate a database that has no queues")
    func unmigrated() async throws {
        try await TestServer.shared().withStore(isMigrated: false) { store in
            let error = await #expect(throws: SQJobsError.self) {
                try await store.broker.enqueue(named: "job", on: "queue")
            }
            #expect(error?.code == .schemaTooOld)
            #expect(error?.message.contains("migrate") == true)
        }
    }

    @Test("sends to a queue that was removed and made anew by others")
    func madeAnew() async throws {
        let server = try TestServer.shared()
        let url = server.freshSchema()
        try await server.withStore(at: url) { store in
            try await server.withStore(at: url) { other in
                let administration = try #require(other.broker.administration)
                try await administration.create("queue", QueueSettings())
                try await store.broker.enqueue(named: "job", on: "queue")
                try await administration.remove("queue")
                try await administration.create("queue", QueueSettings())
                try await store.broker.enqueue(named: "job", on: "queue")
                #expect(try await other.broker.take(10, from: "queue").count == 1)
            }
        }
    }

    private func withBroker(
        _ settings: QueueSettings = QueueSettings(), _ body: (PostgresBroker, QueueName) async throws -> Void
    ) async throws {
        try await TestServer.shared().withStore { store in
            try await store.broker.administration?.create("queue", settings)
            try await body(store.broker, "queue")
        }
    }
}

extension PostgresBroker {
    /// Receives without waiting.
    func take(_ count: Int, from queue: QueueName) async throws -> [Delivery] {
        try await receive(from: queue, count: count, wait: .zero, visibility: .seconds(30))
    }
}
