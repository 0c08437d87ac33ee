import Foundation
import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("`cron`")
struct CronCommandTests {
    private func session(at now: String) throws -> CommandLineSession {
        var session = try CommandLineSession()
        let date = try Date(now, strategy: .iso8601)
        session.clock = JobClock(now: { date }, elapsed: { .zero }, sleep: { _ in })
        return session
    }

    @Test("`cron` prints the explanation and the next firings in local time and UTC, and needs no app")
    func firings() async throws {
        let session = try session(at: "2026-07-01T12:00:00Z")
        let result = await session.run(
            BrokenApp.self, ["cron", "1 0 * * *", "--zone", "Europe/Madrid", "-n", "2"])
        #expect(result.code == 0, "\(result.error)")
        #expect(
            result.lines == [
                "At 00:01 every day",
                "LOCAL (Europe/Madrid)       UTC",
                "2026-07-02 00:01:00 +02:00  2026-07-01T22:01:00Z",
                "2026-07-03 00:01:00 +02:00  2026-07-02T22:01:00Z",
            ])
        #expect(await session.run("cron", "@hourly").lines.count == 7, "five firings unless said otherwise")
    }

    @Test("A firing that a change of the clock moves or repeats is marked")
    func clockChanges() async throws {
        let spring = try await session(at: "2026-03-28T12:00:00Z").run(
            "cron", "30 2 * * *", "--zone", "Europe/Madrid", "-n", "1")
        #expect(
            spring.lines.last
                == "2026-03-29 03:00:00 +02:00  2026-03-29T01:00:00Z  moved: the clock skips 2026-03-29 02:30:00")
        let autumn = try await session(at: "2026-10-25T00:00:00Z").run(
            "cron", "30 * * * *", "--zone", "Europe/Madrid", "-n", "2")
        #expect(
            autumn.lines.suffix(2) == [
                "2026-10-25 02:30:00 +02:00  2026-10-25T00:30:00Z",
                "2026-10-25 02:30:00 +01:00  2026-10-25T01:30:00Z  again: the clock was put back",
            ])
    }

    @Test("West of Greenwich and at half hours, offsets are written as clocks are")
    func offsets() async throws {
        let session = try session(at: "2026-01-01T00:00:00Z")
        let west = await session.run("cron", "0 0 * * *", "--zone", "America/St_Johns", "-n", "1")
        #expect(west.lines.last == "2026-01-01 00:00:00 -03:30  2026-01-01T03:30:00Z")
        let east = await session.run("cron", "0 0 * * *", "--zone", "Asia/Kathmandu", "-n", "1")
        #expect(east.lines.last == "2026-01-02 00:00:00 +05:45  2026-01-01T18:15:00Z")
    }

    @Test("`cron --json` is for programs")
    func json() async throws {
        struct Answer: Decodable {
            struct Firing: Decodable {
                let local: String
                let utc: Date
                let secondsFromUTC: Int
                let movedFrom: String?
                let isRepeated: Bool
            }
            let explanation: String
            let firings: [Firing]
        }
        let answer = try await session(at: "2026-03-28T12:00:00Z").run(
            "cron", "30 2 * * *", "--zone", "Europe/Madrid", "-n", "2", "--json"
        ).json(Answer.self)
        #expect(!answer.explanation.isEmpty)
        #expect(answer.firings.map(\.movedFrom) == ["2026-03-29 02:30:00", nil])
        #expect(answer.firings.map(\.secondsFromUTC) == [7200, 7200])
        #expect(answer.firings[0].utc == (try Date("2026-03-29T01:00:00Z", strategy: .iso8601)))
    }

    @Test("A wrong expression is shown with a caret under the place")
    func wrongExpression() async throws {
        let result = try await session(at: "2026-01-01T00:00:00Z").run("cron", "0 24 * * *")
        #expect(result.code == 64)
        #expect(result.error.contains("0 24 * * *\n      ^^"))
    }
}

/// An app that cannot be configured.
struct BrokenApp: SQJobsApp {
    struct NoDatabase: Error, CustomStringConvertible {
        let description = "the database is away"
    }

    static let commandName = "manage"
    static let backends: [any Backend.Type] = [TestBackend.self]

    static func configure(_ app: inout Application) async throws { throw NoDatabase() }
}
