import Foundation
import SQJobsSQLite
import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("`queues move`", .timeLimit(.minutes(2)))
struct QueuesMoveTests {
    @Test("What waits goes to the other broker with its job ids and its order; what is delayed is named and stays")
    func move() async throws {
        let manage = try EmbeddedSession()
        defer { manage.removeFolder() }
        #expect(await manage.run("migrate").code == 0)
        let ids = try await manage.withStore { store in
            for number in 1...250 { try await store.broker.enqueue(AdderJob.self, [number], .id("job-\(number)")) }
            try await store.broker.enqueue(AdderJob.self, [0], .delay(.seconds(3600)))
            return (1...250).map { "job-\($0)" }
        }
        let result = await manage.run("queues", "move", "sums", "--to", "memory:\(manage.session.name)")
        #expect(result.code == 0, "\(result.error)")
        #expect(result.output == "Moved 250 messages of the queue sums. What stays: 1 delayed.\n")
        var moved: [String] = []
        while true {
            let deliveries = try await manage.session.broker.receive(
                from: "sums", count: 10, wait: .zero, visibility: .seconds(60))
            guard !deliveries.isEmpty else { break }
            moved += try deliveries.map { try MessageCodec.decode($0.body, messageID: $0.messageID).id }
        }
        #expect(moved == ids)
        let again = await manage.run("queues", "move", "sums", "--to", "memory:\(manage.session.name)")
        #expect(again.output == "Moved 0 messages of the queue sums. What stays: 1 delayed.\n")
    }

    @Test("--until-empty waits for what is delayed")
    func untilEmpty() async throws {
        let manage = try EmbeddedSession()
        defer { manage.removeFolder() }
        #expect(await manage.run("migrate").code == 0)
        try await manage.withStore { try await $0.broker.enqueue(AdderJob.self, [1], .delay(.seconds(2))) }
        let result = await manage.run(
            "queues", "move", "sums", "--to", "memory:\(manage.session.name)", "--until-empty")
        #expect(result.output == "Moved 1 messages of the queue sums.\n", "\(result.error)")
        #expect(try await manage.session.waiting(on: "sums") == 1)
    }

    @Test("A body without an id keeps the id that it had: that of its message")
    func idOfTheMessage() async throws {
        let manage = try EmbeddedSession()
        defer { manage.removeFolder() }
        #expect(await manage.run("migrate").code == 0)
        let sent = try await manage.session.broker.send(
            [OutgoingMessage(body: #"{"name": "adder_job", "args": [1]}"#)], to: "sums")
        let id = try #require(try sent.first?.get().messageID)
        let result = await manage.run(
            "queues", "move", "sums", "--from", "memory:\(manage.session.name)", "--to", manage.url)
        #expect(result.output == "Moved 1 messages of the queue sums.\n", "\(result.error)")
        let delivery = try #require(
            try await manage.withStore {
                try await $0.broker.receive(from: "sums", count: 1, wait: .zero, visibility: .seconds(1))
            }.first)
        #expect(try MessageCodec.decode(delivery.body, messageID: delivery.messageID).id == id)
    }

    @Test("A queue that keeps order does not move to one that does not, nor a paused one at all")
    func refused() async throws {
        let manage = try EmbeddedSession()
        defer { manage.removeFolder() }
        #expect(await manage.run("migrate").code == 0)
        let to = "memory:\(manage.session.name)"
        try await #require(manage.session.broker.administration).create("chores.fifo", QueueSettings())
        let unordered = await manage.run("queues", "move", "chores.fifo", "--to", to)
        #expect(unordered.code == 1 && unordered.error.contains("--fifo"))
        #expect(await manage.run("queues", "pause", "sums").code == 0)
        let paused = await manage.run("queues", "move", "sums", "--to", to)
        #expect(paused.code == 1 && paused.error.contains("resume it first"))
        let same = await manage.run("queues", "move", "--to", manage.url)
        #expect(same.code == 64 && same.error.contains("the same broker"))
        #expect(await manage.run("queues", "move").code == 64)
        let missing = await manage.run("queues", "move", "absent", "--to", to)
        #expect(missing.code == 1 && missing.error.contains("absent"))
    }
}
