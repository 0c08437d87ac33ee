import Foundation
import SQJobsSQLite
import SQJobsTesting
import Testing

@Suite("The broker in a file", .timeLimit(.minutes(1)))
struct SQLiteBrokerTests {
    private let file: TemporaryFile
    private let clock = ManualClock()
    private let store: SQLiteStore
    private let broker: SQLiteBroker

    init() async throws {
        file = try TemporaryFile()
        store = try SQLiteStore(path: file.path, clock: clock.jobClock)
        try await store.migrate()
        broker = store.broker
    }

    @Test("delivers messages of higher priority first, and those of one in the order in which they were sent")
    func priority() async throws {
        let queue = try await makeQueue()
        for (name, priority) in [("low", -1), ("a", 0), ("high", 5), ("b", 0), ("higher", 6)] {
            try await broker.enqueue(named: name, on: queue, .priority(priority))
        }
        let names = try await receive(10, from: queue).map { try MessageCodec.decode($0.body, messageID: "").name }
        #expect(names == ["higher", "high", "a", "b", "low"])
    }

    @Test("refuses a priority on a queue with order, and one that is no 16-bit number")
    func priorityRefused() async throws {
        let ordered = try await makeQueue("ordered", QueueSettings(isOrdered: true))
        await #expect { try await broker.enqueue(named: "job", on: ordered, .priority(1)) } throws: {
            ($0 as? SQJobsError)?.code == .unsupported
        }
        let plain = try await makeQueue()
        await #expect { try await broker.enqueue(named: "job", on: plain, .priority(40_000)) } throws: {
            ($0 as? SQJobsError)?.code == .invalidConfiguration
        }
    }

    @Test("delays a message for as long as one likes")
    func longDelay() async throws {
        let queue = try await makeQueue()
        let year = Duration.seconds(365 * 86_400)
        try await broker.enqueue(named: "job", on: queue, .delay(year))
        await clock.advance(by: year - .seconds(1))
        #expect(try await receive(1, from: queue).isEmpty)
        await clock.advance(by: .seconds(2))
        #expect(try await receive(1, from: queue).count == 1)
    }

    @Test("delivers nothing of a paused queue, settles what is held, and goes on when it is resumed")
    func pause() async throws {
        let queue = try await makeQueue()
        let administration = try #require(broker.administration)
        for _ in 1...3 { try await broker.enqueue(named: "job", on: queue) }
        let held = try await receive(2, from: queue)
        try await administration.pause(queue)
        #expect(try await administration.isPaused(queue))
        #expect(try await receive(10, from: queue).isEmpty)
        try #require(try await broker.delete([held[0]])[0].isSuccess)
        try #require(try await broker.release([Release(held[1])])[0].isSuccess)
        try await broker.enqueue(named: "job", on: queue)
        #expect(try await receive(10, from: queue).isEmpty)
        let waiting = Task { [broker] in
            try await broker.receive(from: queue, count: 10, wait: .seconds(20), visibility: .seconds(30))
        }
        try await administration.resume(queue)
        #expect(try await waiting.value.count == 3)
    }

    @Test("holds one message of a group at a time, however many are asked for")
    func groups() async throws {
        let queue = try await makeQueue("ordered", QueueSettings(isOrdered: true))
        for group in ["a", "b"] {
            for _ in 1...3 { try await broker.enqueue(named: "job", on: queue, .group(group)) }
        }
        for _ in 1...3 {
            let taken = try await receive(10, from: queue)
            #expect(taken.map(\.group) == ["a", "b"])
            #expect(try await receive(10, from: queue).isEmpty)
            _ = try await broker.delete(taken)
        }
        #expect(try await receive(10, from: queue).isEmpty)
    }

    @Test("notices what another connection sends while it waits")
    func otherProcess() async throws {
        let queue = try await makeQueue()
        let other = try SQLiteStore(path: file.path).broker
        let realStore = try SQLiteStore(path: file.path)
        let waiting = Task {
            try await realStore.broker.receive(from: queue, count: 1, wait: .seconds(20), visibility: .seconds(30))
        }
        try await other.enqueue(named: "job", on: queue)
        #expect(try await waiting.value.count == 1)
    }

    @Test("says to migrate a file that has no queues")
    func unmigrated() async throws {
        let bare = try TemporaryFile()
        let broker = try SQLiteStore(path: bare.path).broker
        await #expect { try await broker.enqueue(named: "job", on: "queue") } throws: {
            ($0 as? SQJobsError)?.code == .schemaTooOld && "\($0)".contains("migrate")
        }
    }

    @Test("refuses a message with a NUL, alone")
    func nul() async throws {
        let queue = try await makeQueue()
        let answers = try await broker.send(
            [OutgoingMessage(body: "a\0b"), OutgoingMessage(body: "whole")], to: queue)
        #expect(answers.map(\.isSuccess) == [false, true])
        #expect(try await receive(10, from: queue).map(\.body) == ["whole"])
    }

    @Test("shows the queue's settings that cannot be")
    func settings() async throws {
        let administration = try #require(broker.administration)
        for (settings, code) in [
            (QueueSettings(visibility: .zero), SQJobsError.Code.invalidConfiguration),
            (QueueSettings(maximumReceives: 0), .invalidConfiguration),
            (QueueSettings(maximumReceives: 1, deadLetterQueue: "dead"), .unsupported),
        ] {
            await #expect { try await administration.create("queue", settings) } throws: {
                ($0 as? SQJobsError)?.code == code
            }
        }
    }

    private func makeQueue(
        _ name: QueueName = "queue", _ settings: QueueSettings = QueueSettings()
    ) async throws -> QueueName {
        try await broker.administration?.create(name, settings)
        return name
    }

    private func receive(_ count: Int, from queue: QueueName) async throws -> [Delivery] {
        try await broker.receive(from: queue, count: count, wait: .zero, visibility: .seconds(30))
    }
}

extension Result {
    var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}
