import Foundation
import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("`enqueue` and `run`")
struct EnqueueAndRunTests {
    /// The only message of a queue, as a worker would read it.
    private func message(on queue: QueueName, of session: CommandLineSession) async throws -> JobMessage {
        let deliveries = try await session.broker.receive(from: queue, count: 10, wait: .zero, visibility: .seconds(1))
        let delivery = try #require(deliveries.count == 1 ? deliveries.first : nil)
        return try MessageCodec.decode(delivery.body, messageID: delivery.messageID)
    }

    @Test("`enqueue` puts a registered job on its queue and prints its id")
    func enqueue() async throws {
        let session = try CommandLineSession()
        let result = await session.run("enqueue", "adder_job", "1", "2", "3")
        #expect(result.code == 0)
        let message = try await message(on: "sums", of: session)
        #expect(message.name == "adder_job")
        #expect(try message.arguments.positional() == [1, 2, 3])
        #expect(result.output == "Enqueued adder_job on sums as \(message.id)\n")
        #expect(session.broker.uses.shutdowns == 1)
    }

    @Test("An argument is JSON if it reads as JSON, and a string else; keywords are a JSON object")
    func arguments() async throws {
        let session = try CommandLineSession(["any": QueueSettings()])
        let result = await session.run(
            "enqueue", "resize", "cat.png", "3", "-queue", "--queue", "any", "--kwargs", #"{"wide": true}"#, "--",
            "-1", "[1,\"x\"]", #""3""#, "null", "1.5", "")
        #expect(result.code == 64, "-queue reads as options")
        let second = await session.run(
            "enqueue", "resize", "cat.png", "3", "--queue", "any", "--kwargs", #"{"wide": true}"#, "--", "-1",
            "[1,\"x\"]", #""3""#, "null", "1.5", "")
        #expect(second.code == 0, "\(second.error)")
        let message = try await message(on: "any", of: session)
        #expect(try message.arguments.positional() == ["cat.png", 3, -1, [1, "x"], "3", nil, 1.5, ""])
        #expect(try message.arguments.keywords() == ["wide": true])
    }

    @Test("`--delay` holds the job back, `--queue` sends it elsewhere")
    func options() async throws {
        let session = try CommandLineSession()
        let result = await session.run("enqueue", "adder_job", "1", "--delay", "5m", "--queue", "tickets")
        #expect(result.code == 0)
        let statistics = try await #require(session.broker.administration).statistics(of: "tickets")
        #expect((statistics.waiting, statistics.delayed) == (0, 1))
    }

    @Test("`enqueue --json` prints the ticket")
    func json() async throws {
        struct Ticket: Decodable {
            let id: String
            let job: String
            let queue: String
            let messageID: String
        }
        let session = try CommandLineSession()
        let ticket = try await session.run("enqueue", "ticket", "concert", "--json").json(Ticket.self)
        #expect((ticket.job, ticket.queue) == ("ticket", "tickets"))
        #expect(try await message(on: "tickets", of: session).id == ticket.id)
    }

    @Test("Arguments that do not fit a registered job are refused before they are sent")
    func argumentsAreChecked() async throws {
        let session = try CommandLineSession()
        let result = await session.run("enqueue", "adder_job", "one")
        #expect(result.code == 64)
        #expect(result.error.contains("adder_job"))
        #expect(try await session.waiting(on: "sums") == 0)
        #expect(session.broker.uses.connections == 0)
    }

    @Test("`run` prints every step with its time, then the output, and needs no broker")
    func run() async throws {
        let session = try CommandLineSession()
        let result = await session.run("run", "ticket", "concert", "--kwargs", #"{"seats": 2}"#)
        #expect(result.code == 0)
        #expect(result.lines[0].hasPrefix("ticket  id "))
        #expect(result.lines[1] == "attempt 1, the last")
        for (line, step) in zip(result.lines[2...], ["setUp", "run", "tearDown", "onSuccess"]) {
            #expect(line.wholeMatch(of: try Regex(#"  \#(step) +[0-9]+\.[0-9]{2} ms  ok"#)) != nil, "\(line)")
        }
        #expect(result.lines.last == #"output  {"event":"concert","seats":2}"#)
        #expect(result.lines.count == 7)
        #expect(session.broker.uses.connections == 0)
    }

    @Test("`run` prints each attempt of a job that fails, its error and its hooks, and exits with 1")
    func runFailing() async throws {
        let result = try await CommandLineSession().run("run", "failing")
        #expect(result.code == 1)
        let steps = result.lines.dropFirst().map { $0.split(separator: " ").first.map(String.init) ?? "" }
        #expect(
            steps == [
                "attempt", "setUp", "run", "tearDown", "onFailure", "attempt", "setUp", "run", "tearDown", "onFailure",
                "onExhausted",
            ])
        #expect(result.output.contains("failed: Broken()"))
        #expect(result.error == "Error: The job “failing” failed: Broken()\n")
    }

    @Test("`run --attempts` limits the attempts")
    func runOnce() async throws {
        let result = try await CommandLineSession().run("run", "failing", "--attempts", "1")
        #expect(result.code == 1)
        #expect(result.lines.filter { $0.hasPrefix("attempt") } == ["attempt 1, the last"])
    }

    @Test("On a terminal `run` colours what went well and what did not")
    func runInColour() async throws {
        var session = try CommandLineSession()
        session.isTerminal = true
        #expect(await session.run("run", "adder_job", "1").output.contains("\u{1B}[32mok\u{1B}[0m"))
        #expect(await session.run("run", "failing").output.contains("\u{1B}[31mfailed: Broken()\u{1B}[0m"))
    }
}
