import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("Wrong use and failure")
struct WrongUseTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        var environment: [String: String] = [:]
        let says: String

        var testDescription: String { (environment.map { "\($0)=\($1)" } + arguments).joined(separator: " ") }
    }

    static let wrong: [Case] = [
        Case(arguments: ["nonsense"], says: "nonsense"),
        Case(arguments: ["enqueue"], says: "<name>"),
        Case(arguments: ["enqueue", "nobody"], says: "--queue"),
        Case(arguments: ["run", "nobody"], says: "“nobody”"),
        Case(arguments: ["run", "adder_job", "one"], says: "adder_job"),
        Case(arguments: ["run", "adder_job", "--attempts", "0"], says: "1 or more"),
        Case(arguments: ["enqueue", "adder_job", "--kwargs", "{"], says: "JSON object"),
        Case(arguments: ["enqueue", "adder_job", "--kwargs", "[1]"], says: "JSON object"),
        Case(arguments: ["enqueue", "adder_job", "1", "--delay", "soon"], says: "5m"),
        Case(arguments: ["worker", "sums:0"], says: "weight"),
        Case(arguments: ["worker", "sums:many"], says: "weight"),
        Case(arguments: ["worker", ":3"], says: "name"),
        Case(arguments: ["worker", "sums", "sums"], says: "twice"),
        Case(arguments: ["worker", "sums", "--concurrency", "0"], says: "1 or more"),
        Case(arguments: ["worker", "sums", "--shutdown-timeout", "-1"], says: "shutdown-timeout"),
        Case(
            arguments: ["worker", "sums"], environment: ["SQJOBS_CONCURRENCY": "0"], says: "SQJOBS_CONCURRENCY is “0”"),
        Case(arguments: ["worker"], environment: ["SQJOBS_QUEUES": "a:b"], says: "SQJOBS_QUEUES is “a:b”"),
        Case(
            arguments: ["worker", "sums"], environment: ["SQJOBS_SHUTDOWN_TIMEOUT": "x"],
            says: "SQJOBS_SHUTDOWN_TIMEOUT is “x”"),
        Case(arguments: ["jobs"], environment: ["SQJOBS_LOG_LEVEL": "loud"], says: "SQJOBS_LOG_LEVEL is “loud”"),
        Case(arguments: ["jobs", "--log-level", "loud"], says: "warning"),
        Case(arguments: ["queues", "--broker", "amqp://localhost"], says: "“amqp”"),
        Case(arguments: ["queues", "--broker", "localhost"], says: "scheme"),
        Case(arguments: ["queues"], environment: ["SQJOBS_BROKER": "amqp://localhost"], says: "“amqp”"),
        Case(arguments: ["queues", "create", "a", "--visibility", "0"], says: "--visibility"),
        Case(arguments: ["queues", "create", "a", "--max-receives", "0"], says: "--max-receives"),
        Case(arguments: ["queues", "create", "a", "--dead-letter-queue", "b"], says: "--max-receives"),
        Case(arguments: ["queues", "dead", "requeue", "sums"], says: "--all"),
        Case(arguments: ["queues", "dead", "requeue", "sums", "1", "--all"], says: "--all"),
        Case(arguments: ["queues", "dead", "list", "sums", "--limit", "0"], says: "--limit"),
        Case(arguments: ["cron", "* * *"], says: "cron"),
        Case(arguments: ["cron", "0 1 * * *", "--zone", "Atlantis"], says: "“Atlantis”"),
        Case(arguments: ["cron", "0 1 * * *", "-n", "0"], says: "1 to 10000"),
        Case(arguments: ["cron", "H 1 * * *"], says: "seed"),
    ]

    @Test("Wrong use exits with 64 and says on standard error what to do", arguments: wrong)
    func wrongUse(_ wrong: Case) async throws {
        var session = try CommandLineSession()
        session.environment.merge(wrong.environment) { $1 }
        let result = await session.run(TestApp.self, wrong.arguments)
        #expect(result.code == 64)
        #expect(result.output.isEmpty)
        #expect(result.error.hasPrefix("Error: "))
        #expect(result.error.contains(wrong.says), "\(result.error)")
    }

    static let failing: [Case] = [
        Case(arguments: ["queues", "--broker", "memory:gone"], says: "No broker answers at memory:gone: start it."),
        Case(arguments: ["enqueue", "adder_job", "1", "--broker", "memory:gone"], says: "start it."),
        Case(arguments: ["worker", "sums", "--broker", "memory:gone"], says: "start it."),
        Case(arguments: ["worker", "missing"], says: "“missing”"),
        Case(arguments: ["enqueue", "adder_job", "1", "--queue", "missing"], says: "“missing”"),
        Case(arguments: ["enqueue", "adder_job", "1", "--delay", "1d"], says: "delay"),
        Case(arguments: ["queues", "missing"], says: "“missing”"),
        Case(arguments: ["queues", "list", "missing"], says: "“missing”"),
        Case(arguments: ["queues", "purge", "missing", "--yes"], says: "“missing”"),
        Case(arguments: ["queues", "delete", "missing", "--yes"], says: "“missing”"),
        Case(arguments: ["queues", "dead", "list", "missing"], says: "“missing”"),
        Case(arguments: ["queues", "dead", "requeue", "missing", "--all"], says: "“missing”"),
    ]

    @Test("Failure exits with 1 and is one sentence on standard error", arguments: failing)
    func failure(_ failing: Case) async throws {
        let result = try await CommandLineSession().run(TestApp.self, failing.arguments)
        #expect(result.code == 1)
        #expect(result.output.isEmpty)
        #expect(result.error.hasPrefix("Error: "))
        #expect(result.error.contains(failing.says), "\(result.error)")
        #expect(result.error.split(separator: "\n").count == 1)
    }

    static let wrongWithResults: [Case] = [
        Case(arguments: ["status", "1"], says: "SQJOBS_STORE, and write sqlite:FILE"),
        Case(arguments: ["results"], says: "--store"),
        Case(arguments: ["migrate"], says: "--store"),
        Case(arguments: ["status"], says: "<id>"),
        Case(arguments: ["status", "1", "--timeout", "5s"], says: "--wait"),
        Case(arguments: ["status", "1", "--wait", "--timeout", "soon"], says: "5m"),
        Case(arguments: ["status", "", "--store", "shelf:full"], says: "without an id"),
        Case(arguments: ["results", "list", "--state", "done"], says: "SUCCESS"),
        Case(arguments: ["results", "list", "--since", "soon"], says: "2h"),
        Case(arguments: ["results", "list", "--limit", "0"], says: "--limit"),
        Case(arguments: ["results", "list", "--after", "there"], says: "page before"),
        Case(arguments: ["results", "prune", "--finished", "old"], says: "5m"),
        Case(arguments: ["results", "rerun"], says: "<id>"),
        Case(arguments: ["results", "--store", "memory:x"], says: "can be no store"),
        Case(arguments: ["queues", "--broker", "shelf:full"], says: "can be no broker"),
        Case(arguments: ["jobs"], environment: ["SQJOBS_STORE": "mysql://u:secret@host"], says: "“mysql”"),
        Case(arguments: ["results", "--store", "jobs.sqlite"], says: "no scheme"),
        Case(arguments: ["results", "--store", "sqlite:"], says: "names no file"),
        Case(arguments: ["results", "--store", "sqlite:/nowhere/jobs.sqlite"], says: "its folder is there"),
    ]

    @Test("Wrong use of results and stores exits with 64 and says what to do", arguments: wrongWithResults)
    func wrongUseOfResults(_ wrong: Case) async throws {
        var session = try CommandLineSession()
        session.environment.merge(wrong.environment) { $1 }
        let result = await session.run(ResultApp.self, wrong.arguments)
        #expect(result.code == 64)
        #expect(result.output.isEmpty)
        #expect(result.error.hasPrefix("Error: "))
        #expect(result.error.contains(wrong.says), "\(result.error)")
        #expect(!result.error.contains("secret"))
    }

    static let failingWithResults: [Case] = [
        Case(arguments: ["status", "0193", "--store", "shelf:full"], says: "knows no job with id 0193"),
        Case(arguments: ["results", "rerun", "0193", "--store", "shelf:full"], says: "knows no job with id 0193"),
        Case(arguments: ["results", "--store", "shelf:gone"], says: "cannot be reached"),
        Case(arguments: ["migrate", "--store", "shelf:gone"], says: "cannot be reached"),
        Case(arguments: ["worker", "sums", "--store", "shelf:gone"], says: "cannot be reached"),
        Case(arguments: ["results", "--store", "shelf:bare"], says: "The store shelf:bare keeps no results"),
    ]

    @Test("What a store cannot do exits with 1 and is one sentence", arguments: failingWithResults)
    func failureOfResults(_ failing: Case) async throws {
        let result = try await CommandLineSession().run(ResultApp.self, failing.arguments)
        #expect(result.code == 1)
        #expect(result.output.isEmpty)
        #expect(result.error.hasPrefix("Error: "))
        #expect(result.error.contains(failing.says), "\(result.error)")
        #expect(result.error.split(separator: "\n").count == 1)
    }

    @Test("An app without a backend that has a store says so")
    func withoutStore() async throws {
        let session = try CommandLineSession()
        for arguments in [["results"], ["results", "--store", "sqlite:jobs.sqlite"]] {
            let result = await session.run(TestApp.self, arguments)
            #expect(result.code == 64)
            #expect(result.error.contains("no backend that has a store"))
        }
    }

    @Test("An app that cannot be configured fails with its own error")
    func brokenApp() async throws {
        let result = try await CommandLineSession().run(BrokenApp.self, ["jobs"])
        #expect(result.code == 1)
        #expect(result.error.contains("the database is away"))
    }

    @Test("Two jobs of one name are an error of every command")
    func duplicates() async throws {
        let result = try await CommandLineSession().run(DuplicateApp.self, ["jobs"])
        #expect(result.code == 1)
        #expect(result.error.contains("AdderJob") && result.error.contains("Impostor"))
    }

    @Test("An app without a backend says so")
    func withoutBackend() async throws {
        let result = try await CommandLineSession().run(BareApp.self, ["jobs"])
        #expect(result.code == 64)
        #expect(result.error.contains("backends"))
    }
}

private struct DuplicateApp: SQJobsApp {
    final class Impostor: Job<Int, Int> {
        override class var name: String { "adder_job" }
    }

    static let backends: [any Backend.Type] = [TestBackend.self]

    static func configure(_ app: inout Application) async throws {
        app.jobs = JobRegistry {
            AdderJob()
            Impostor()
        }
    }
}

private struct BareApp: SQJobsApp {
    static let backends: [any Backend.Type] = []

    static func configure(_ app: inout Application) async throws {}
}
