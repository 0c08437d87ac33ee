import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("Help and an app's own commands")
struct HelpTests {
    static let commands = [
        ["worker"], ["beater"], ["enqueue"], ["run"], ["jobs"], ["schedules", "list"], ["schedules", "add"],
        ["schedules", "edit"], ["schedules", "enable"], ["schedules", "disable"], ["schedules", "remove"],
        ["schedules", "run-now"], ["queues", "list"], ["queues", "create"], ["queues", "pause"], ["queues", "resume"],
        ["queues", "purge"], ["queues", "delete"], ["queues", "move"], ["queues", "dead", "list"],
        ["queues", "dead", "requeue"], ["status"],
        ["results", "list"], ["results", "prune"], ["results", "rerun"], ["migrate"], ["cron"],
    ]

    @Test("Every command's help has examples, goes to standard output and needs no app", arguments: commands)
    func help(command: [String]) async throws {
        let session = try CommandLineSession()
        let result = await session.run(BrokenApp.self, command + ["--help"])
        #expect(result.code == 0)
        #expect(result.error.isEmpty)
        #expect(result.output.contains("Examples:\n"))
        #expect(result.output.contains("USAGE: manage \(command.joined(separator: " "))"))
        #expect(session.broker.uses.connections == 0)
    }

    @Test("The help of the whole lists commands, backends, environment and exit codes")
    func wholeHelp() async throws {
        let session = try CommandLineSession()
        let result = await session.run("--help")
        #expect(result.code == 0)
        let words = [
            "worker", "beater", "schedules", "enqueue", "run", "jobs", "queues", "status", "results", "migrate", "cron",
            "backlog",
            "memory:NAME", "SQJOBS_BROKER", "SQJOBS_STORE", "No backend of this app has a store",
        ]
        for word in words { #expect(result.output.contains(word), "\(word)") }
        #expect(await session.run(ResultApp.self, ["--help"]).output.contains("sqlite:FILE"))
        #expect(result.output.contains("Exit codes: 0, 64"))
        #expect(await session.run().output == result.output)
        #expect(await session.run("help").output == result.output)
    }

    @Test("A command of the app's own is given the app, and options before its name count too")
    func appCommand() async throws {
        var session = try CommandLineSession()
        session.environment = [:]
        let url = "memory:\(session.name)"
        #expect(await session.run("--broker", url, "backlog").code == 0)
        #expect(await session.run("backlog", "--broker", url).code == 0)
        #expect(session.broker.uses.connections == 2)
        #expect(session.broker.uses.shutdowns == 2)
        try await session.broker.enqueue(AdderJob.self, batch: [[1], [2]])
        let result = await session.run("backlog", "--broker", url)
        #expect(result.code == 1)
        #expect(result.error == "Error: There are 2 jobs: work faster.\n")
    }

    @Test("A command that knows nothing of SQJobs keeps its exit code")
    func plainCommand() async throws {
        let result = try await CommandLineSession().run("plain")
        #expect(result.code == 7)
        #expect(result.error.isEmpty)
    }
}
