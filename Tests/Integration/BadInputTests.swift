import Foundation
import SQJobsCore
import SQJobsSQS
import TestSurroundings
import Testing

@Suite("Bad input", .timeLimit(.minutes(2)))
struct BadInputTests {
    /// Stands in the arguments of all bodies that have any; it must not be logged.
    private static let secret = "hushhush"

    @Test("no body stops the worker; each ends among the dead, and the log says why without the arguments")
    func survives() async throws {
        let server = try TestServer()
        let log = LogCapture()
        let ran = Recorder<[Int]>()
        try await server.withBroker { broker in
            let queue = try await broker.makeQueue(QueueSettings(visibility: .seconds(5), maximumReceives: 2))
            var sent: [String: BadBody] = [:]
            for bad in Self.bodies {
                let answer = try await broker.send([OutgoingMessage(body: bad.body)], to: queue)[0]
                sent[try answer.get().messageID] = bad
            }
            let jobs = JobRegistry { SumJob(ran: ran) }
            let worker = WorkerInPlace(broker: broker, queue: queue, jobs: jobs, logger: log.logger)
            try await worker.run {
                try await eventually("all \(sent.count) messages are dead", within: .seconds(60)) {
                    let statistics = try await broker.statistics(of: queue)
                    return statistics.isEmpty && statistics.dead == sent.count
                }
                try await broker.enqueue(SumJob.self, [1, 2], .queue(queue))
                try await eventually("the worker lives") { ran.all == [[1, 2]] }
            }

            let dead = try await broker.queueAdministration.deadMessages(of: queue, limit: 100)
            #expect(dead.map(\.body).sorted() == sent.values.map(\.body).sorted())
            let rejections = log.lines.filter { $0.contains("message cannot be run") }
            for (id, bad) in sent {
                let lines = rejections.filter { $0.contains(id) }
                #expect(lines.count == 2, "\(bad.name): one line for each receive")
                #expect(lines.allSatisfy { $0.contains(bad.reason) }, "\(bad.name): \(lines)")
            }
            let shown = Self.bodies.map { $0.body.prefix(20) }.filter { $0.count == 20 } + [Self.secret[...]]
            let leak = log.lines.first { line in shown.contains { line.contains($0) } }
            #expect(leak == nil, "a body is in the log")
            #expect(log.lines.allSatisfy { $0.count < 2_000 })
        }
    }

    private static let bodies: [BadBody] = [
        BadBody("white space", " \n\t ", "is empty"),
        BadBody("white space in base64", "ICAg", "not a JSON object"),
        BadBody("not base64", "%%% \(secret) is not base64 %%%", "neither base64 nor a JSON object"),
        BadBody("half of base64", String(base64(#"{"name":"sum_job","args":["\#(secret)"]}"#).dropLast(7)), "be read"),
        BadBody("not JSON", base64("\(secret), plainly"), "not a JSON object"),
        BadBody("not UTF-8", Data([0xFF, 0xFE, 0x00, 0xC3, 0x28] + secret.utf8).base64EncodedString(), "be read"),
        BadBody("JSON that breaks off", base64(#"{"name":"sum_job","args":["\#(secret)""#), "not a JSON object"),
        BadBody("an array", base64(#"["sum_job","\#(secret)"]"#), "not a JSON object"),
        BadBody("no name", base64(#"{"args":["\#(secret)"]}"#), "name"),
        BadBody("a name that is a number", base64(#"{"name":7,"args":["\#(secret)"]}"#), "“name” is not a string"),
        BadBody(
            "an id that is an object", base64(#"{"id":{"\#(secret)":1},"name":"sum_job"}"#), "“id” is not a string"),
        BadBody(
            "args that are an object", base64(#"{"name":"sum_job","args":{"\#(secret)":1}}"#), "“args” is not an array"),
        BadBody(
            "kwargs that are an array", base64(#"{"name":"sum_job","kwargs":["\#(secret)"]}"#),
            "“kwargs” is not an object"),
        BadBody("args of another type", base64(#"{"name":"sum_job","args":[1,"\#(secret)"]}"#), "sum_job"),
        BadBody("NaN", base64(#"{"name":"sum_job","args":[NaN, "\#(secret)"]}"#), "NaN"),
        BadBody("a key twice", base64(#"{"name":"sum_job","name":"sum_job","args":["\#(secret)"]}"#), "be read"),
        BadBody("a keyword twice", base64(#"{"name":"sum_job","kwargs":{"k":1,"k":"\#(secret)"}}"#), "be read"),
        BadBody("an unknown job", base64(#"{"name":"no_such_job","args":["\#(secret)"]}"#), "no_such_job"),
        BadBody("10,000 brackets as args", base64(#"{"name":"sum_job","args":\#(brackets)}"#), "sum_job"),
        BadBody("10,000 brackets alone", base64(brackets), "not a JSON object"),
        BadBody("10,000 brackets that are never closed", base64(String(repeating: "[", count: 10_000)), "be read"),
        BadBody("a megabyte", base64(#"{"name":"sum_job","args":["\#(secret)\#(filling)"]}"#), "sum_job"),
    ]

    private static let brackets = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)

    /// With it a body has 1 MiB, the most that SQS takes.
    private static let filling = String(
        repeating: "x", count: 1_048_576 / 4 * 3 - #"{"name":"sum_job","args":["\#(secret)"]}"#.utf8.count)

    private static func base64(_ text: String) -> String {
        Data(text.utf8).base64EncodedString()
    }

    private struct BadBody: Sendable {
        let name: String
        let body: String
        /// What the log has to say about it.
        let reason: String

        init(_ name: String, _ body: String, _ reason: String) {
            self.name = name
            self.body = body
            self.reason = reason
        }
    }
}

private final class SumJob: Job<[Int], Int> {
    override class var name: String { "sum_job" }

    private let ran: Recorder<[Int]>

    init(ran: Recorder<[Int]>) {
        self.ran = ran
    }

    override func run(_ numbers: [Int]) async throws -> Int {
        ran.add(numbers)
        return numbers.reduce(0, +)
    }
}
