import Foundation
import SQJobsCore
import SQJobsPeriodic
import SQJobsSQLite
import SQJobsSQS
import TestSurroundings
import Testing

/// With sqjobs 0.7.1, the library that this project continues, as it is on PyPI.
@Suite("Interoperation with the original library", .timeLimit(.minutes(3)))
struct InteroperationTests {
    private let server: TestServer

    init() throws {
        server = try TestServer()
    }

    @Test("what a Python producer enqueues, a Swift worker runs")
    func pythonToSwift() async throws {
        try await server.withBroker { broker in
            let queue = try await broker.makeQueue(QueueSettings())
            let enqueued = try await produce(20, on: queue)
            let (numbers, letters) = (Recorder<Seen<[Int]>>(), Recorder<Seen<LetterJob.Letter>>())
            let jobs = JobRegistry {
                NumbersJob(seen: numbers)
                LetterJob(seen: letters)
            }
            try await WorkerInPlace(broker: broker, queue: queue, jobs: jobs).run {
                try await eventually("20 jobs ran") { numbers.count + letters.count >= 20 }
                try await broker.waitUntilEmpty(queue)
            }
            let ran = numbers.all.map { Printed(id: $0.id, number: $0.parameters[0]) }
            #expect(Set(ran) == Set(enqueued.filter { $0.number % 2 == 0 }))
            #expect(numbers.all.allSatisfy { $0.parameters == [$0.parameters[0], $0.parameters[0] + 1] })
            let read = letters.all.map { Printed(id: $0.id, number: $0.parameters.number) }
            #expect(Set(read) == Set(enqueued.filter { $0.number % 2 == 1 }))
            #expect(Set(letters.all.map(\.parameters.to)) == ["Ana ☕"])
            #expect(Set(letters.all.map(\.parameters.sent)) == [Date(timeIntervalSince1970: 1_709_209_800)])
        }
    }

    @Test("what a Swift producer enqueues, a Python worker runs")
    func swiftToPython() async throws {
        try await server.withBroker { broker in
            let queue = try await broker.makeQueue(QueueSettings())
            let lone = try await broker.enqueue(NumbersJob.self, [1, 2, 3], .queue(queue))
            let many = try await broker.enqueue(NumbersJob.self, batch: (10..<25).map { [$0] }, .queue(queue))
            let date = Date(timeIntervalSince1970: 1_709_209_800)
            let letter = try await broker.enqueue(
                LetterJob.self, LetterJob.Letter(to: "Ana ☕", number: 7, sent: date), .queue(queue))
            let ids = try [lone.id, letter.id] + many.map { try $0.get().id }

            let worker = try python("work", queue.rawValue)
            try await broker.waitUntilEmpty(queue)
            worker.send(SIGKILL)
            try await worker.end()
            let reports = try lines(of: worker, as: Report.self)

            #expect(reports.count == ids.count)
            #expect(Set(reports.map(\.id)) == Set(ids))
            let first = try #require(reports.first { $0.id == lone.id })
            #expect(first == Report(id: lone.id, name: "numbers_job", args: [1, 2, 3], kwargs: [:]))
            let read = try #require(reports.first { $0.id == letter.id })
            #expect(
                read.kwargs == ["to": "Ana ☕", "number": 7, "sent": "2024-02-29T12:30:00Z"] && read.args == [])
        }
    }

    @Test("producers and workers of both libraries share one queue")
    func together() async throws {
        try await server.withBroker { broker in
            let queue = try await broker.makeQueue(QueueSettings(visibility: .seconds(5)))
            let worker = try python("work", queue.rawValue)
            let numbers = Recorder<Seen<[Int]>>()
            let letters = Recorder<Seen<LetterJob.Letter>>()
            let jobs = JobRegistry {
                NumbersJob(seen: numbers)
                LetterJob(seen: letters)
            }
            let ids = try await WorkerInPlace(broker: broker, queue: queue, jobs: jobs, concurrency: 2).run {
                async let ofPython = produce(20, on: queue).map(\.id)
                var ids: Set<String> = []
                for number in 0..<20 {
                    ids.insert(try await broker.enqueue(NumbersJob.self, [number], .queue(queue)).id)
                }
                ids.formUnion(try await ofPython)
                try await broker.waitUntilEmpty(queue)
                return ids
            }
            worker.send(SIGKILL)
            try await worker.end()
            let byPython = try lines(of: worker, as: Report.self).map(\.id)
            #expect(Set(numbers.all.map(\.id) + letters.all.map(\.id) + byPython) == ids)
        }
    }

    @Test("the payload that PHP prints is run: without an id, and with [] for no keywords")
    func php() async throws {
        let payload = try await phpPayload("numbers_job", "1", "2", "3")
        #expect(String(decoding: try #require(Data(base64Encoded: payload)), as: UTF8.self).contains(#""kwargs":[]"#))
        try await server.withBroker { broker in
            let queue = try await broker.makeQueue(QueueSettings())
            let sent = try await broker.send([OutgoingMessage(body: payload)], to: queue)[0].get()
            let numbers = Recorder<Seen<[Int]>>()
            let jobs = JobRegistry { NumbersJob(seen: numbers) }
            try await WorkerInPlace(broker: broker, queue: queue, jobs: jobs).run {
                try await eventually("the job ran") { numbers.count > 0 }
                try await broker.waitUntilEmpty(queue)
            }
            #expect(numbers.all.map(\.parameters) == [[1, 2, 3]])
            #expect(numbers.all.map(\.id) == [sent.messageID])
        }
    }

    @Test("a Python worker sees in a beater's firing the keywords of the library's own periodic jobs")
    func firings() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.url.appending(path: "jobs.sqlite").path)
        try await store.migrate()
        try await server.withBroker { broker in
            let queue = try await broker.makeQueue(QueueSettings())
            // One is due now, as it should be; the other has been for an hour.
            let now = Date.now.timeIntervalSince1970.rounded(.down)
            let times = [now, now - 3600].map { Date(timeIntervalSince1970: $0) }
            let drafts = try zip(["punctual", "missed"], times).map { name, time in
                let parts = Calendar(identifier: .gregorian).dateComponents(
                    in: try #require(TimeZone(identifier: "Asia/Kolkata")), from: time)
                let clock = try [parts.second, parts.minute, parts.hour].map { String(try #require($0)) }
                let expression = clock.joined(separator: " ") + " * * *"
                let schedule = try Schedule(
                    name, job: "tick_job", queue: queue, CronExpression(expression, seed: nil), in: "Asia/Kolkata",
                    args: [7], kwargs: ["schedule": .string(name)])
                return ScheduleDraft(schedule, nextAt: time)
            }
            try #require(try await store.add(drafts) == [true, true])
            let beater = Beater(broker: broker, store: store, jobs: JobRegistry())
            let beating = Task { try await beater.run() }
            let worker = try python("work", queue.rawValue)
            try await eventually("both were run; it printed: \(worker.output)") {
                try lines(of: worker, as: Ticked.self).count >= 2
            }
            beating.cancel()
            try await beating.value
            worker.send(SIGKILL)
            try await worker.end()
            let reports = try lines(of: worker, as: Ticked.self)
            for (name, (time, isLate)) in zip(["punctual", "missed"], zip(times, [false, true])) {
                let report = try #require(reports.first { $0.kwargs["schedule"] == .string(name) })
                #expect(report.args == [7])
                #expect(report.programmed == time.timeIntervalSince1970)
                #expect(report.offset == 19_800)
                #expect(report.isDelayed == isLate)
                #expect(report.kwargs["sqjobs_delayed_job"] == (isLate ? .bool(true) : nil))
            }
        }
        await store.shutdown()
    }

    private func phpPayload(_ arguments: String...) async throws -> String {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Examples/Worker/producers/payload.php").standardized.path
        let php = try ChildProcess("php", [script] + arguments)
        try #require(try await php.end() == 0, "php failed, or is not installed (install php-cli): \(php.output)")
        return php.output
    }

    private func python(_ arguments: String...) throws -> ChildProcess {
        try ChildProcess(
            TestServer.variable("SQJOBS_TEST_PYTHON"),
            [Fixture.path("original_library", "py")] + arguments, environment: server.environment)
    }

    private func produce(_ count: Int, on queue: QueueName) async throws -> [Printed] {
        let producer = try python("produce", queue.rawValue, String(count))
        try #require(try await producer.end() == 0, "the Python producer failed: \(producer.output)")
        return try lines(of: producer, as: Printed.self)
    }

    /// The lines of JSON that a process printed; others are what the library logs.
    private func lines<Line: Decodable>(of process: ChildProcess, as type: Line.Type) throws -> [Line] {
        try process.output.split(separator: "\n").filter { $0.hasPrefix("{") }.map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    private struct Printed: Decodable, Hashable {
        let id: String
        let number: Int
    }

    private struct Ticked: Decodable {
        let args: [JSONValue]
        let kwargs: [String: JSONValue]
        let programmed: Double
        let offset: Double
        let isDelayed: Bool

        private enum CodingKeys: String, CodingKey {
            case args, kwargs, programmed, offset
            case isDelayed = "is_delayed"
        }
    }

    private struct Report: Decodable, Equatable {
        let id: String
        let name: String
        let args: [JSONValue]
        let kwargs: [String: JSONValue]
    }
}

/// A job that ran.
private struct Seen<Parameters: Sendable>: Sendable {
    let id: String
    let parameters: Parameters
}

private final class NumbersJob: Job<[Int], Void> {
    override class var name: String { "numbers_job" }

    private let seen: Recorder<Seen<[Int]>>

    init(seen: Recorder<Seen<[Int]>>) {
        self.seen = seen
    }

    override func run(_ numbers: [Int]) async throws {
        seen.add(Seen(id: context.id, parameters: numbers))
    }
}

private final class LetterJob: Job<LetterJob.Letter, Void> {
    struct Letter: Codable, Sendable {
        let to: String
        let number: Int
        let sent: Date
    }

    override class var name: String { "letter_job" }

    private let seen: Recorder<Seen<Letter>>

    init(seen: Recorder<Seen<Letter>>) {
        self.seen = seen
    }

    override func run(_ letter: Letter) async throws {
        seen.add(Seen(id: context.id, parameters: letter))
    }
}
