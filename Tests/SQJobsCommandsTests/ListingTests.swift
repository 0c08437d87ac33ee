import Foundation
import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("Commands that list")
struct ListingTests {
    @Test("`jobs` lists name, class, queue, retry policy, attempts, time-out and result, in aligned columns")
    func jobs() async throws {
        let result = try await CommandLineSession().run("jobs")
        #expect(result.code == 0)
        #expect(result.error.isEmpty)
        #expect(result.lines.first?.split(separator: " ").map(String.init).prefix(3) == ["NAME", "CLASS", "QUEUE"])
        let ticket = try #require(result.lines.first { $0.hasPrefix("ticket ") })
        #expect(ticket.split(separator: " ") == ["ticket", "TicketJob", "tickets", "never", "2", "90s", "-", "-"])
        let places = result.lines.compactMap { $0.range(of: "Job ")?.lowerBound.utf16Offset(in: $0) }
        #expect(places.count == 4)
        let column = try #require(result.lines.first?.range(of: "CLASS")).lowerBound
        for line in result.lines { #expect(line[column] != " " && line[line.index(before: column)] == " ") }
    }

    @Test("Piped output has no colours and no tabs; a terminal's titles are bold, unless NO_COLOR is set")
    func colours() async throws {
        var session = try CommandLineSession()
        for command in ["jobs", "queues"] {
            let plain = await session.run(command)
            #expect(!plain.output.contains("\u{1B}") && !plain.output.contains("\t"))
            session.isTerminal = true
            let coloured = await session.run(command)
            #expect(coloured.output.hasPrefix("\u{1B}[1m"))
            #expect(
                coloured.output.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[0m", with: "") == plain.output)
            session.environment["NO_COLOR"] = "1"
            #expect(await session.run(command).output == plain.output)
            session.environment["NO_COLOR"] = ""
            #expect(await session.run(command).output == coloured.output)
            session.environment["NO_COLOR"] = nil
            session.isTerminal = false
        }
    }

    @Test("`jobs --json` is an array with an object for each job")
    func jobsAsJSON() async throws {
        struct Row: Decodable {
            let name: String
            let `class`: String
            let queue: String
            let maximumAttempts: Int?
            let timeoutSeconds: Double?
            let storesResult: Bool
        }
        let rows = try await CommandLineSession().run("jobs", "--json").json([Row].self)
        #expect(rows.map(\.name) == ["adder_job", "failing", "gate", "ticket"])
        let ticket = try #require(rows.last)
        #expect(ticket.class == "TicketJob" && ticket.queue == "tickets")
        #expect(ticket.maximumAttempts == 2 && ticket.timeoutSeconds == 90 && !ticket.storesResult)
        let results = try await CommandLineSession().run(ResultApp.self, ["jobs", "--json"]).json([Row].self)
        #expect(results.filter(\.storesResult).map(\.name) == ["report"])
    }

    @Test("`queues` shows what waits, is held, is delayed and is dead")
    func queues() async throws {
        let session = try CommandLineSession([
            "sums": QueueSettings(maximumReceives: 3, deadLetterQueue: "lost"), "lost": QueueSettings(),
        ])
        try await session.broker.enqueue(AdderJob.self, batch: [[1], [2], [3]])
        try await session.broker.enqueue(AdderJob.self, [4], .delay(.seconds(60)))
        _ = try await session.broker.receive(from: "sums", count: 1, wait: .zero, visibility: .seconds(60))
        let result = await session.run("queues")
        #expect(result.code == 0)
        #expect(
            result.lines.map { $0.split(separator: " ").joined(separator: " ") } == [
                "QUEUE WAITING IN FLIGHT DELAYED DEAD", "lost 0 0 0 -", "sums 2 1 1 0",
            ])
        #expect(await session.run("queues", "list").output == result.output)
        #expect(await session.run("queues", "list", "sums").lines.count == 2)

        struct Row: Decodable {
            let queue: String
            let waiting: Int
            let inFlight: Int
            let delayed: Int
            let dead: Int?
        }
        let rows = try await session.run("queues", "list", "--json").json([Row].self)
        #expect(rows.map(\.queue) == ["lost", "sums"])
        #expect(rows[0].dead == nil)
        #expect((rows[1].waiting, rows[1].inFlight, rows[1].delayed, rows[1].dead ?? -1) == (2, 1, 1, 0))
    }

    @Test("What has nothing to list says so")
    func nothing() async throws {
        let session = try CommandLineSession([:])
        #expect(await session.run("queues").output == "There is no queue.\n")
        #expect(await session.run("queues", "list", "--json").output.filter { !$0.isWhitespace } == "[]")
        #expect(await session.run(EmptyApp.self, ["jobs"]).output == "No job is registered.\n")
    }

    @Test("Control characters of a message do not reach the terminal")
    func controlCharacters() async throws {
        let session = try CommandLineSession([
            "sums": QueueSettings(maximumReceives: 1, deadLetterQueue: "lost"), "lost": QueueSettings(),
        ])
        try await session.broker.enqueue(named: "evil\u{1B}[2J\nname", on: "sums")
        let deliveries = try await session.broker.receive(from: "sums", count: 1, wait: .zero, visibility: .seconds(9))
        for answer in try await session.broker.bury(deliveries, reason: "it failed") { try answer.get() }
        let result = await session.run("queues", "dead", "list", "sums")
        #expect(result.code == 0)
        #expect(result.output.contains("evil·[2J·name"))
        #expect(!result.output.contains("\u{1B}"))
    }
}

/// An app without jobs.
struct EmptyApp: SQJobsApp {
    static let backends: [any Backend.Type] = [TestBackend.self]

    static func configure(_ app: inout Application) async throws {}
}
