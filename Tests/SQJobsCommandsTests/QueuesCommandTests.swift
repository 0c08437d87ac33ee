import Foundation
import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("`queues`")
struct QueuesCommandTests {
    @Test("`queues create` makes a queue with its dead-letter queue")
    func create() async throws {
        let session = try CommandLineSession([:])
        let result = await session.run(
            "queues", "create", "mail", "--visibility", "5m", "--max-receives", "4", "--dead-letter-queue", "lost")
        #expect(result.code == 0, "\(result.error)")
        #expect(result.output == "Created the queue mail.\n")
        let capabilities = try await session.broker.capabilities(of: "mail")
        #expect(capabilities.visibility == .seconds(300))
        #expect(capabilities.maximumReceives == 4)
        #expect(capabilities.keepsDeadMessages)
        #expect(try await #require(session.broker.administration).queues() == ["lost", "mail"])
    }

    @Test("`queues create --fifo` makes a queue with ordered groups")
    func createOrdered() async throws {
        let session = try CommandLineSession([:])
        #expect(await session.run("queues", "create", "orders.fifo", "--fifo").code == 0)
        #expect(try await session.broker.capabilities(of: "orders.fifo").isOrdered)
    }

    @Test(
        "`queues purge` and `delete` ask first, and do nothing unless the answer is yes",
        arguments: ["purge", "delete"])
    func confirmation(command: String) async throws {
        var session = try CommandLineSession()
        try await session.broker.enqueue(AdderJob.self, [1])
        for answer in [["n"], [""], ["yesterday"], []] {
            session.input = answer
            let result = await session.run("queues", command, "sums")
            #expect(result.code == 1)
            #expect(result.error.contains("sums (1 waiting, 0 in flight, 0 delayed)? [y/N] "))
            #expect(result.error.hasSuffix("Nothing was deleted.\n"))
            #expect(try await session.waiting(on: "sums") == 1)
        }
        session.input = ["Yes"]
        #expect(await session.run("queues", command, "sums").code == 0)
        if command == "purge" {
            #expect(try await session.waiting(on: "sums") == 0)
        } else {
            #expect(try await #require(session.broker.administration).queues() == ["tickets"])
        }
    }

    @Test("Without a terminal they refuse, unless --yes is given", arguments: ["purge", "delete"])
    func withoutTerminal(command: String) async throws {
        let session = try CommandLineSession()
        try await session.broker.enqueue(AdderJob.self, [1])
        let refused = await session.run("queues", command, "sums")
        #expect(refused.code == 64)
        #expect(refused.error.contains("--yes"))
        #expect(try await session.waiting(on: "sums") == 1)
        #expect(await session.run("queues", command, "sums", "--yes").code == 0)
        #expect(try await session.broker.administration?.queues().contains("sums") == (command == "purge"))
    }

    private static let mortal: [QueueName: QueueSettings] = [
        "sums": QueueSettings(maximumReceives: 3, deadLetterQueue: "lost"), "lost": QueueSettings(),
    ]

    private func killTwo(_ session: CommandLineSession) async throws {
        try await session.broker.enqueue(AdderJob.self, [987_654_321], .id("first"))
        try await session.broker.enqueue(named: "stranger", on: "sums", .id("second"))
        let deliveries = try await session.broker.receive(from: "sums", count: 2, wait: .zero, visibility: .seconds(9))
        for answer in try await session.broker.bury(deliveries, reason: "it failed") { try answer.get() }
    }

    private struct DeadRow: Decodable {
        let messageID: String
        let job: String?
        let id: String?
        let sentAt: Date?
        let reason: String?
    }

    @Test("`queues dead list` shows message, job, id, date and reason, and never the arguments")
    func deadList() async throws {
        let session = try CommandLineSession(Self.mortal)
        #expect(await session.run("queues", "dead", "list", "sums").output == "The queue sums has no dead messages.\n")
        try await killTwo(session)
        let result = await session.run("queues", "dead", "list", "sums")
        #expect(result.code == 0)
        #expect(result.lines.count == 3)
        #expect(result.output.contains("adder_job") && result.output.contains("stranger"))
        #expect(!result.output.contains("987654321"))
        let rows = try await session.run("queues", "dead", "list", "sums", "--json").json([DeadRow].self)
        #expect(rows.map(\.job) == ["adder_job", "stranger"])
        #expect(rows.map(\.id) == ["first", "second"])
        #expect(rows.allSatisfy { $0.sentAt != nil })
        #expect(await session.run("queues", "dead", "list", "sums", "--limit", "1").lines.count == 2)
    }

    @Test("`queues dead requeue` puts named messages back, or all of them")
    func requeue() async throws {
        let session = try CommandLineSession(Self.mortal)
        try await killTwo(session)
        let rows = try await session.run("queues", "dead", "list", "sums", "--json").json([DeadRow].self)
        let first = try #require(rows.first).messageID
        let partly = await session.run("queues", "dead", "requeue", "sums", first, "unknown")
        #expect(partly.code == 1)
        #expect(partly.output == "Put back 1 of the dead messages of the queue sums.\n")
        #expect(partly.error.contains("1 of the named messages"))
        #expect(try await session.waiting(on: "sums") == 1)
        let rest = await session.run("queues", "dead", "requeue", "sums", "--all")
        #expect(rest.code == 0)
        #expect(try await session.waiting(on: "sums") == 2)
    }
}
