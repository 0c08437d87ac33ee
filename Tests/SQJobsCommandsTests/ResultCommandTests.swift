import Foundation
import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("`status`, `results` and `migrate`", .timeLimit(.minutes(2)))
struct ResultCommandTests {
    struct Status: Decodable {
        struct Failure: Decodable {
            let type: String
            let message: String
        }

        let id: String
        let job: String
        let queue: String
        let state: String
        let attempt: Int
        let output: ReportJob.Report?
        let error: Failure?
        let finishedAt: Date?
    }

    struct Page: Decodable {
        let jobs: [Status]
        let next: String?
    }

    @Test("`status` follows a job from its enqueueing to its output")
    func success() async throws {
        let manage = try await ResultSession()
        defer { manage.removeFolder() }
        try manage.writeFile()
        let id = try await manage.enqueueReport()
        let waiting = await manage.run("status", id)
        #expect(waiting.code == 0, "\(waiting.error)")
        #expect(waiting.lines.contains("state    PENDING"))
        #expect(await manage.run("worker", "sums", "--drain").code == 0)
        let done = await manage.run("status", id)
        #expect(done.code == 0)
        #expect(done.error.isEmpty)
        for line in ["id        \(id)", "job       report", "state     SUCCESS", #"output    {"lines":2}"#] {
            #expect(done.lines.contains(line), "\(done.output)")
        }
        let status = try await manage.run("status", id, "--json").json(Status.self)
        #expect(
            (status.id, status.job, status.queue, status.state, status.attempt) == (id, "report", "sums", "SUCCESS", 1))
        #expect(status.output?.lines == 2)
        #expect(status.finishedAt != nil)
    }

    @Test("The status of a job that failed for good shows the error, and exits with 1")
    func failure() async throws {
        let manage = try await ResultSession()
        defer { manage.removeFolder() }
        let id = try await manage.enqueueReport()
        #expect(await manage.run("worker", "sums", "--drain").code == 0)
        let result = await manage.run("status", id)
        #expect(result.code == 1)
        #expect(result.error.isEmpty)
        #expect(result.output.contains("FAILURE") && result.output.contains("there is no file"))
        let json = await manage.run("status", id, "--json")
        #expect(json.code == 1)
        #expect(try json.json(Status.self).error?.message.contains("there is no file") == true)
    }

    @Test("`status --wait` returns once the job is done")
    func waiting() async throws {
        let manage = try await ResultSession()
        defer { manage.removeFolder() }
        try manage.writeFile()
        let id = try await manage.enqueueReport()
        async let status = manage.run("status", id, "--wait", "--timeout", "1m")
        #expect(await manage.run("worker", "sums", "--drain").code == 0)
        let result = await status
        #expect(result.code == 0, "\(result.error)")
        #expect(result.output.contains("SUCCESS"))
    }

    @Test("`status --wait` gives up when its time is over, and says where the job is")
    func waitingTooShort() async throws {
        let manage = try await ResultSession()
        defer { manage.removeFolder() }
        let id = try await manage.enqueueReport()
        let result = await manage.run("status", id, "--wait", "--timeout", "0")
        #expect(result.code == 1)
        #expect(result.error.contains("is PENDING"))
    }

    @Test("A terminal's states are coloured")
    func colours() async throws {
        var manage = try await ResultSession()
        defer { manage.removeFolder() }
        let id = try await manage.enqueueReport()
        manage.session.isTerminal = true
        #expect(await manage.run("status", id).output.contains("\u{1B}[33mPENDING\u{1B}[0m"))
        manage.session.environment["NO_COLOR"] = "1"
        #expect(await !manage.run("status", id).output.contains("\u{1B}"))
    }

    @Test("`results` lists the newest first; states, names, queues and times narrow it down")
    func list() async throws {
        let manage = try await ResultSession()
        defer { manage.removeFolder() }
        #expect(await manage.run("results").output == "The store knows no such job.\n")
        let failed = try await manage.enqueueReport()
        #expect(await manage.run("worker", "sums", "--drain").code == 0)
        let waiting = try await manage.enqueueReport()
        let all = await manage.run("results")
        #expect(all.code == 0)
        #expect(all.lines.map { $0.split(separator: " ").first.map(String.init) } == ["ID", waiting, failed])
        #expect(all.lines.last?.contains("there is no file") == true)

        func ids(_ filter: String...) async throws -> [String] {
            let result = await manage.session.run(ResultApp.self, ["results", "list", "--json"] + filter)
            #expect(result.code == 0, "\(result.error)")
            return try result.json(Page.self).jobs.map(\.id)
        }
        #expect(try await ids("--state", "failure") == [failed])
        #expect(try await ids("--state", "failure", "--state", "PENDING") == [waiting, failed])
        #expect(try await ids("--job", "report", "--queue", "sums") == [waiting, failed])
        #expect(try await ids("--job", "other").isEmpty)
        #expect(try await ids("--queue", "tickets").isEmpty)
        #expect(try await ids("--since", "1h", "--before", "2999-01-01") == [waiting, failed])
        #expect(try await ids("--before", "1h").isEmpty)
    }

    @Test("`results list --after` goes on where a page ended, until there is no more")
    func pages() async throws {
        let manage = try await ResultSession()
        defer { manage.removeFolder() }
        var enqueued: [String] = []
        for _ in 0..<5 { enqueued.append(try await manage.enqueueReport()) }
        var listed: [String] = []
        var place: String?
        repeat {
            let arguments = ["results", "list", "--limit", "2", "--json"] + (place.map { ["--after", $0] } ?? [])
            let page = try await manage.session.run(ResultApp.self, arguments).json(Page.self)
            listed += page.jobs.map(\.id)
            place = page.next
        } while place != nil && listed.count < enqueued.count
        #expect(place == nil)
        #expect(listed == enqueued.reversed())
        let first = await manage.run("results", "list", "--limit", "2")
        let hint = try #require(first.lines.last?.split(separator: " ").last.map(String.init))
        #expect(await manage.run("results", "list", "--after", hint).lines.count == 4)
    }

    @Test("`results prune` removes what is older than it is kept, and nothing else")
    func prune() async throws {
        let manage = try await ResultSession()
        defer { manage.removeFolder() }
        let failed = try await manage.enqueueReport()
        #expect(await manage.run("worker", "sums", "--drain").code == 0)
        let waiting = try await manage.enqueueReport()
        #expect(await manage.run("results", "prune").output.hasPrefix("Removed 0 results"))
        let result = await manage.run("results", "prune", "--finished", "0")
        #expect(result.code == 0, "\(result.error)")
        #expect(result.output.hasPrefix("Removed 1 results: finished ones older than 0s,"))
        #expect(await manage.run("status", failed).code == 1)
        #expect(await manage.run("status", waiting).code == 0)
    }

    @Test("`results rerun` sends a failed job again with its id and arguments")
    func rerun() async throws {
        let manage = try await ResultSession()
        defer { manage.removeFolder() }
        let id = try await manage.enqueueReport()
        #expect(await manage.run("worker", "sums", "--drain").code == 0)
        try manage.writeFile()
        let result = await manage.run("results", "rerun", id)
        #expect(result.code == 0, "\(result.error)")
        #expect(result.output == "Enqueued report on sums again as \(id)\n")
        #expect(await manage.run("status", id).output.contains("PENDING"))
        #expect(await manage.run("worker", "sums", "--drain").code == 0)
        #expect(await manage.run("status", id).output.contains(#"{"lines":2}"#))
        let again = await manage.run("results", "rerun", id)
        #expect(again.code == 1)
        #expect(again.error.contains("is SUCCESS"))
    }

    @Test("A job whose arguments are not kept cannot be run again, and the error says how to keep them")
    func rerunWithoutArguments() async throws {
        var manage = try await ResultSession()
        defer { manage.removeFolder() }
        manage.session.environment["FORGETFUL"] = "1"
        let id = try await manage.enqueueReport()
        #expect(await manage.run("worker", "sums", "--drain").code == 0)
        let result = await manage.run("results", "rerun", id)
        #expect(result.code == 1)
        #expect(result.error.contains("keepsArguments"))
        #expect(try await manage.session.waiting(on: "sums") == 0)
    }

    @Test("`migrate` prints the steps and takes them, once; `--dry-run` takes none")
    func migrate() async throws {
        let manage = try await ResultSession(isMigrated: false)
        defer { manage.removeFolder() }
        let dry = await manage.run("migrate", "--dry-run")
        #expect(dry.code == 0, "\(dry.error)")
        #expect(dry.lines.contains("  1: results of jobs"))
        #expect(await manage.run("migrate", "--dry-run").output == dry.output)
        let wet = await manage.run("migrate")
        #expect(wet.code == 0)
        #expect(wet.lines.contains("  1: results of jobs"))
        #expect(wet.lines.last == "Done: the store is up to date.")
        #expect(
            await manage.run("migrate").output == "The store sqlite:\(manage.folder.path)/jobs.sqlite is up to date.\n")
    }

    @Test("A store of an old schema stops what uses it: run migrate first")
    func oldSchema() async throws {
        let manage = try await ResultSession(isMigrated: false)
        defer { manage.removeFolder() }
        let commands = [
            ["status", "1"], ["results"], ["results", "prune"], ["results", "rerun", "1"],
            ["worker", "sums", "--drain"], ["enqueue", "report", "x"],
        ]
        for command in commands {
            let result = await manage.session.run(ResultApp.self, command)
            #expect(result.code == 1)
            #expect(result.output.isEmpty)
            // A store whose tables are missing says something else: the version is looked at before anything is done.
            #expect(result.error.contains("has version 0"), "\(command): \(result.error)")
            #expect(result.error.contains("run `migrate` first"))
        }
        #expect(try await manage.session.waiting(on: "sums") == 0)
    }

    @Test("A job that stores no result needs no store, even where one is named")
    func storeIsNotOpened() async throws {
        var manage = try await ResultSession(isMigrated: false)
        defer { manage.removeFolder() }
        manage.session.environment["SQJOBS_STORE"] = "shelf:gone"
        #expect(await manage.run("enqueue", "adder_job", "1").code == 0)
        let result = await manage.run("enqueue", "report", "x")
        #expect(result.code == 1)
        #expect(result.error == "Error: The shelf cannot be reached: try again later.\n")
        #expect(try await manage.session.waiting(on: "sums") == 1)
    }

    @Test("A job that another job enqueues is recorded, though its app was copied before its jobs were known")
    func enqueuedByAJob() async throws {
        let manage = try await ResultSession()
        defer { manage.removeFolder() }
        #expect(await manage.run("enqueue", "ordering", manage.file).code == 0)
        #expect(await manage.run("worker", "tickets", "--drain").code == 0)
        let result = await manage.run("status", "ordered")
        #expect(result.output.contains("PENDING"), "\(result.error)")
    }

    @Test("The worker's first line names the store without its secrets, and a run in place records nothing")
    func startLine() async throws {
        let manage = try await ResultSession()
        defer { manage.removeFolder() }
        let url = "shelf://user:secret@host/full?key=secret"
        #expect(await manage.run("worker", "sums", "--drain", "--store", url).code == 0)
        #expect(manage.session.log.text.contains("store=shelf://host/full\n"))
        #expect(!manage.session.log.text.contains("secret"))
        #expect(await manage.run("run", "report", manage.file, "--attempts", "1").code == 1)
        #expect(await manage.run("results").output == "The store knows no such job.\n")
    }

    @Test("An app may name a store of its own, which options and environment override")
    func ownStore() async throws {
        var manage = try await ResultSession()
        defer { manage.removeFolder() }
        #expect(await manage.session.run(ShelvedApp.self, ["results"]).code == 64, "sqlite is not linked")
        manage.session.environment["SQJOBS_STORE"] = nil
        let own = await manage.session.run(ShelvedApp.self, ["results"])
        #expect(own.code == 0, "\(own.error)")
        #expect(own.output == "The store knows no such job.\n")
        #expect(await manage.session.run(ShelvedApp.self, ["results", "--store", "shelf:gone"]).code == 1)
    }

    @Test("An app that asks for its results while it is being configured is told when to ask")
    func tooEarly() async throws {
        let result = try await CommandLineSession().run(HastyApp.self, ["jobs"])
        #expect(result.code == 64)
        #expect(result.error.contains("while the app is being configured"))
    }
}

/// An app that names its own store.
private struct ShelvedApp: SQJobsApp {
    static let backends: [any Backend.Type] = [TestBackend.self, ShelfBackend.self]

    static func configure(_ app: inout Application) async throws {
        app.defaultStore = "shelf:full"
    }
}

/// An app that wants to see results before anybody knows which store it uses.
private struct HastyApp: SQJobsApp {
    static let backends: [any Backend.Type] = [TestBackend.self, ShelfBackend.self]

    static func configure(_ app: inout Application) async throws {
        _ = try await app.results()
    }
}
