import Foundation
import SQJobsCore
import SQJobsSQS
import TestSurroundings
import Testing

@Suite("The commands for results, as a real program over SQS", .timeLimit(.minutes(2)))
struct ResultCommandTests {
    enum Store: String, CaseIterable {
        case sqlite
        case postgres
    }

    private let folder: TemporaryFolder
    private let server: TestServer

    init() throws {
        folder = try TemporaryFolder()
        server = try TestServer()
    }

    @Test(
        "a job that failed is run again by its id, and whoever waits for it sees its output",
        arguments: Store.allCases)
    func rerun(store: Store) async throws {
        let manage = Program(
            environment: server.environment.merging([
                "SQJOBS_STORE": try url(of: store),
                "SQJOBS_TEST_JOURNAL": folder.url.appending(path: "journal").path,
                "SQJOBS_LOG_LEVEL": "error",
            ]) { _, new in new })
        try await server.withBroker { broker in
            let queue = try await broker.makeQueue(QueueSettings())
            let text = folder.url.appending(path: "text")
            #expect(try await manage.run("status", "1").says("run `migrate` first", code: 1))
            #expect(try await manage.run("migrate").says("Done: the store is up to date.", code: 0))

            let enqueued = try await manage.run("enqueue", "line_count_job", text.path, "--queue", queue.rawValue)
            let id = try #require(enqueued.output.split(whereSeparator: \.isWhitespace).last.map(String.init))
            #expect(try await manage.run("status", id).says("PENDING", code: 0))
            let worker = try manage.start("worker", queue.rawValue)
            #expect(try await manage.run("status", id, "--wait").says("there is no file", code: 1))

            try Data("one\ntwo\nthree\n".utf8).write(to: text)
            #expect(try await manage.run("results", "rerun", id).says("again as \(id)", code: 0))
            let done = try await manage.run("status", id, "--wait", "--json")
            #expect(done.says(#""output" : 3"#, code: 0))
            #expect(done.says(#""state" : "SUCCESS""#, code: 0))
            #expect(try await manage.run("results", "rerun", id).says("only one that is FAILURE", code: 1))

            try await broker.waitUntilEmpty(queue)
            worker.send(SIGTERM)
            #expect(try await worker.end() == 0, "\(worker.output)")
        }
    }

    /// What a command printed, and its exit status.
    private struct Ending: CustomStringConvertible {
        let output: String
        let code: Int32

        var description: String { "exit \(code): \(output)" }

        func says(_ words: String, code: Int32) -> Bool {
            output.contains(words) && self.code == code
        }
    }

    /// The program, which finds broker and store in its environment.
    private struct Program {
        let environment: [String: String]

        func start(_ arguments: String...) throws -> ChildProcess {
            try ChildProcess(WorkerProcess.program.path, arguments, environment: environment)
        }

        func run(_ arguments: String...) async throws -> Ending {
            let process = try ChildProcess(WorkerProcess.program.path, arguments, environment: environment)
            let code = try await process.end(within: .seconds(60))
            return Ending(output: process.output, code: code)
        }
    }

    /// A store that no other test uses.
    private func url(of store: Store) throws -> String {
        switch store {
        case .sqlite:
            return "sqlite:\(folder.url.path)/jobs.sqlite"
        case .postgres:
            let database = try TestServer.variable("SQJOBS_TEST_POSTGRES_URL")
            return "\(database)?schema=commands_\(UUID().uuidString.prefix(8).lowercased())"
        }
    }
}
