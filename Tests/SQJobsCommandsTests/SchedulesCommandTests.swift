import Foundation
import SQJobsPeriodic
import SQJobsSQLite
import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("`beater` and `schedules`", .timeLimit(.minutes(2)))
struct SchedulesCommandTests {
    private static let now = Date(timeIntervalSince1970: 1_774_000_000)  // 2026-03-20 09:46:40 UTC

    /// A session with a migrated file, at a time that stands still unless there are signals to wait for.
    private func session(signals: AsyncStream<String>? = nil) async throws -> EmbeddedSession {
        var manage = try EmbeddedSession(signals: signals ?? AsyncStream { _ in })
        if signals == nil {
            manage.session.clock = JobClock(
                now: { Self.now }, elapsed: JobClock.system.elapsed, sleep: JobClock.system.sleep)
        }
        let migrated = await manage.run("migrate")
        try #require(migrated.code == 0, "\(migrated.error)")
        return manage
    }

    private struct Row: Decodable {
        let name: String
        let job: String
        let queue: String
        let args: [Int]
        let schedule: String
        let timeZone: String
        let missedFirings: String
        let latenessSeconds: Double?
        let origin: String
        let state: String
        let lastFiringAt: Date?
        let nextAt: Date?
    }

    @Test("`schedules add` makes a schedule, and `schedules` shows its next firing by its own clock")
    func add() async throws {
        let manage = try await session()
        defer { manage.removeFolder() }
        #expect(await manage.run("schedules").output == "There is no schedule.\n")
        let added = await manage.run(
            "schedules", "add", "sum-es", "adder_job", "1", "2", "--schedule", "0 7 * * MON-FRI", "--time-zone",
            "Europe/Madrid", "--missed", "all:5", "--lateness", "2h")
        #expect(added.code == 0, "\(added.error)")
        #expect(added.output == "Added the schedule sum-es, which fires next at 2026-03-23 07:00:00+01:00.\n")
        let list = await manage.run("schedules", "list")
        #expect(
            list.lines.last?.split(separator: " ").joined(separator: " ")
                == "sum-es adder_job sums 0 7 * * MON-FRI Europe/Madrid enabled - 2026-03-23 07:00:00+01:00")
        let row = try #require(try await manage.run("schedules", "--json").json([Row].self).first)
        #expect(row.args == [1, 2] && row.missedFirings == "all:5" && row.latenessSeconds == 7200)
        #expect(row.origin == "app" && row.state == "enabled" && row.lastFiringAt == nil)
        #expect(row.nextAt == Date(timeIntervalSince1970: 1_774_245_600))
    }

    @Test(
        "What cannot be a schedule is refused with a sentence and exit code 64",
        arguments: [
            (["bad", "adder_job", "1"], "--schedule"),
            (["bad", "adder_job", "1", "--schedule", "61 * * * *"], "minute"),
            (["bad", "adder_job", "1", "--schedule", "@daily", "--time-zone", "Europe/Nowhere"], "Europe/Nowhere"),
            (["bad", "adder_job", "one", "--schedule", "@daily"], "adder_job"),
            (["bad", "stranger", "--schedule", "@daily"], "--queue"),
            (["bad", "adder_job", "1", "--schedule", "@daily", "--missed", "never"], "all:100"),
            (["bad", "adder_job", "1", "--schedule", "@daily", "--lateness", "soon"], "90s"),
        ])
    func refused(arguments: [String], words: String) async throws {
        let manage = try await session()
        defer { manage.removeFolder() }
        let result = await EmbeddedBackend.$folder.withValue(manage.folder.path) {
            await manage.session.run(EmbeddedApp.self, ["schedules", "add"] + arguments)
        }
        #expect(result.code == 64)
        #expect(result.error.contains(words), "\(result.error)")
        #expect(await manage.run("schedules").output == "There is no schedule.\n")
    }

    @Test("`schedules edit` changes what is given and keeps the rest; an unknown one is an error")
    func edit() async throws {
        let manage = try await session()
        defer { manage.removeFolder() }
        _ = await manage.run("schedules", "add", "sum", "adder_job", "1", "--schedule", "0 7 * * *", "--lateness", "1h")
        let edited = await manage.run("schedules", "edit", "sum", "--schedule", "30 7 * * *", "--args", "[3]")
        #expect(edited.output == "Changed the schedule sum, which fires next at 2026-03-21 07:30:00Z.\n")
        let row = try #require(try await manage.run("schedules", "--json").json([Row].self).first)
        #expect(row.args == [3] && row.schedule == "30 7 * * *" && row.latenessSeconds == 3600)
        #expect(await manage.run("schedules", "edit", "sum", "--lateness", "none").code == 0)
        #expect(try await manage.run("schedules", "--json").json([Row].self).first?.latenessSeconds == nil)
        #expect(await manage.run("schedules", "edit", "sum", "--args", "[\"x\"]").code == 64)
        let unknown = await manage.run("schedules", "edit", "other", "--queue", "sums")
        #expect(unknown.code == 64 && unknown.error.contains("“other”"))
        let twice = await manage.run("schedules", "add", "sum", "adder_job", "1", "--schedule", "@daily")
        #expect(twice.code == 64 && twice.error.contains("already"))
    }

    @Test("A schedule is disabled, enabled, run now and removed by its name")
    func life() async throws {
        let manage = try await session()
        defer { manage.removeFolder() }
        _ = await manage.run("schedules", "add", "sum", "adder_job", "1", "--schedule", "0 7 * * *")
        #expect(await manage.run("schedules", "disable", "sum").output == "Disabled the schedule sum.\n")
        #expect(await manage.run("schedules").lines.last?.hasSuffix("disabled  -     -") == true)
        #expect(
            await manage.run("schedules", "enable", "sum").output
                == "Enabled the schedule sum, which fires next at 2026-03-21 07:00:00Z.\n")
        let fired = await manage.run("schedules", "run-now", "sum")
        #expect(fired.output.hasPrefix("Fired the schedule sum: adder_job on sums as "))
        #expect(await manage.run("worker", "sums", "--drain").code == 0)
        #expect(await manage.run("schedules", "remove", "sum").output == "Removed the schedule sum.\n")
        for command in ["disable", "enable", "run-now", "remove"] {
            let result = await manage.run("schedules", command, "sum")
            #expect(result.code == 64 && result.error.contains("no schedule “sum”"), "\(command)")
        }
    }

    @Test("A beater fires the schedules of registered jobs and those that were added, and stops when it is told to")
    func beater() async throws {
        let (signals, stop) = AsyncStream.makeStream(of: String.self)
        let manage = try await session(signals: signals)
        defer { manage.removeFolder() }
        _ = await manage.run("schedules", "add", "often", "adder_job", "1", "--schedule", "* * * * * *")
        async let result = manage.run("beater", "--interval", "5s")
        try await eventually {
            try await manage.withStore { try await $0.broker.administration?.statistics(of: "sums").waiting ?? 0 } > 0
        }
        stop.yield("SIGTERM")
        let ended = await result
        #expect(ended.code == 0, "\(ended.error)")
        #expect(
            manage.session.log.text.contains(
                "notice beater starts broker=\(manage.url) interval=5s store=\(manage.url)"))
        let rows = try await manage.run("schedules", "--json").json([Row].self)
        #expect(rows.map(\.name) == ["hourly", "often"])
        #expect(rows.map(\.origin) == ["job", "app"])
        #expect(rows.last?.lastFiringAt != nil)
        let jobs = await manage.run("jobs")
        #expect(jobs.lines.contains { $0.hasPrefix("hourly") && $0.hasSuffix("5 * * * * Europe/Madrid") })
        let edit = await manage.run("schedules", "edit", "hourly", "--schedule", "@daily")
        #expect(edit.code == 64 && edit.error.contains("job's class"))
    }

    @Test("A beater that is restricted to queues leaves the others' schedules alone")
    func queues() async throws {
        let (signals, stop) = AsyncStream.makeStream(of: String.self)
        let manage = try await session(signals: signals)
        defer { manage.removeFolder() }
        for queue in ["sums", "chores.fifo"] {
            _ = await manage.run(
                "schedules", "add", queue, "adder_job", "1", "--schedule", "* * * * * *", "--queue", queue)
        }
        async let result = manage.run("beater", "sums")
        try await eventually {
            try await manage.withStore { try await $0.broker.administration?.statistics(of: "sums").waiting ?? 0 } > 1
        }
        stop.yield("SIGTERM")
        #expect(await result.code == 0)
        #expect(
            try await manage.withStore { try await $0.broker.administration?.statistics(of: "chores.fifo").waiting }
                == 0)
    }

    @Test("`worker --beat` fires schedules beside its work")
    func workerBeats() async throws {
        let (signals, stop) = AsyncStream.makeStream(of: String.self)
        let manage = try await session(signals: signals)
        defer { manage.removeFolder() }
        _ = await manage.run("schedules", "add", "often", "adder_job", "1", "--schedule", "* * * * * *")
        async let result = manage.run("worker", "sums", "--beat")
        try await eventually {
            manage.session.log.text.contains("job success") || manage.session.log.text.contains("info job")
        }
        stop.yield("SIGTERM")
        #expect(await result.code == 0)
    }

    @Test("Without a store that keeps schedules a beater does not start")
    func noStore() async throws {
        let result = try await CommandLineSession().run("beater")
        #expect(result.code == 64)
        #expect(result.error.contains("links no backend that has a store"))
        var session = try CommandLineSession()
        session.environment["SQJOBS_STORE"] = "shelf:full"
        let shelf = await session.run(ResultApp.self, ["beater"])
        #expect(shelf.code == 1 && shelf.error.contains("keeps no schedules"), "\(shelf.error)")
    }
}
