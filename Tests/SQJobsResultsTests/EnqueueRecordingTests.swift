import Foundation
import Logging
import SQJobsTesting
import Testing

@testable import SQJobsResults

@Suite("Recording at enqueue (rule 4.2)")
struct EnqueueRecordingTests {
    @Test func `the row is there before the job is sent`() async throws {
        let stage = try Stage()
        var broker = stage.broker
        let seen = Noted<JobState?>()
        broker.enqueueMiddleware.append(
            Spy { requests in seen.note(try await stage.status(requests[0].message.id)?.state) })
        let ticket = try await broker.enqueue(ScriptedJob.self, "a", .delay(.seconds(60)))
        #expect(seen.all == [.pending])
        let status = try #require(try await stage.status(ticket.id))
        #expect(status.name == "scripted")
        #expect(status.queue == "stage")
        #expect(status.nextAttemptAt == stage.clock.now.addingTimeInterval(60))
        #expect(!status.keepsArguments)
    }

    @Test(arguments: [SQJobsError.Code.brokerRefused, .messageTooLarge, .queueDoesNotExist, .brokerUnavailable])
    func `a job that is refused for certain leaves no row`(_ code: SQJobsError.Code) async throws {
        for throwsIt in [true, false] {
            let stage = try Stage()
            let broker = refusing(stage, code, throwsIt: throwsIt)
            await #expect(throws: SQJobsError.self) { try await broker.enqueue(ScriptedJob.self, "a", .id("a")) }
            #expect(try await stage.status("a") == nil)
        }
    }

    @Test func `a job whose sending has an unknown outcome keeps its row`() async throws {
        for throwsIt in [true, false] {
            let stage = try Stage()
            let broker = refusing(stage, .unknownOutcome, throwsIt: throwsIt)
            await #expect(throws: SQJobsError.self) { try await broker.enqueue(ScriptedJob.self, "a", .id("a")) }
            #expect(try await stage.status("a")?.state == .pending)
        }
    }

    @Test func `a job whose enqueueing was cancelled keeps its row`() async throws {
        let stage = try Stage()
        var broker = stage.broker
        broker.enqueueMiddleware.append(Spy { _ in throw CancellationError() })
        await #expect(throws: CancellationError.self) { try await broker.enqueue(ScriptedJob.self, "a", .id("a")) }
        #expect(try await stage.status("a")?.state == .pending)
    }

    @Test func `a refusal removes no row that was there before`() async throws {
        let stage = try Stage()
        try await stage.broker.enqueue(ScriptedJob.self, "a", .id("a"))
        let broker = refusing(stage, .brokerRefused, throwsIt: false)
        await #expect(throws: SQJobsError.self) { try await broker.enqueue(ScriptedJob.self, "a", .id("a")) }
        #expect(try await stage.status("a")?.state == .pending)
    }

    @Test func `of a batch only what was refused leaves no row`() async throws {
        let stage = try Stage()
        let tooLarge = String(repeating: "x", count: 1_100_000)
        let answers = try await stage.broker.enqueue(ScriptedJob.self, batch: ["a", tooLarge, "b"])
        #expect(throws: SQJobsError.self) { try answers[1].get() }
        #expect(try await stage.results.list().statuses.count == 2)
        for place in [0, 2] { #expect(try await stage.status(try answers[place].get().id)?.state == .pending) }
    }

    @Test func `an id that cannot be kept is refused with a sentence, and others are sent`() async throws {
        let stage = try Stage()
        let error = await #expect(throws: SQJobsError.self) {
            try await stage.broker.enqueue(ScriptedJob.self, "a", .id("a\0"))
        }
        #expect(error?.code == .unstorable)
        #expect(try await stage.statistics().isEmpty)
        let middleware = EnqueueRecording(stage.store, jobs: stage.jobs)
        let requests = try ["ok", "a\0", "fine"].map {
            EnqueueRequest(message: JobMessage(id: $0, name: "scripted", arguments: try JobArguments()))
        }
        let answers = try await middleware.enqueue(requests, to: "stage") { passed in
            #expect(passed.map(\.message.id) == ["ok", "fine"])
            return passed.map { .success(SentMessage(messageID: "sent-\($0.message.id)")) }
        }
        #expect(answers.map { try? $0.get().messageID } == ["sent-ok", nil, "sent-fine"])
    }

    @Test func `a job that stores no result has no row, and needs no store`() async throws {
        let stage = try Stage()
        stage.store.switchOff()
        let ticket = try await stage.broker.enqueue(PlainJob.self, "a")
        try await stage.broker.enqueue(named: "foreign", on: "stage")
        #expect(try await stage.status(ticket.id) == nil)
        #expect(try await stage.statistics().waiting == 2)
        #expect(stage.store.calls("recordPending") == 0)
    }

    @Test func `while the store cannot be reached nothing is sent`() async throws {
        let stage = try Stage()
        stage.store.switchOff()
        let error = await #expect(throws: SQJobsError.self) { try await stage.broker.enqueue(ScriptedJob.self, "a") }
        #expect(error?.code == .storeUnavailable)
        #expect(try await stage.statistics().isEmpty)
    }

    @Test func `arguments are kept on request only`() async throws {
        let stage = try Stage { $0.keepsArguments = true }
        let ticket = try await stage.broker.enqueue(ScriptedJob.self, "a")
        #expect(try await stage.status(ticket.id)?.keepsArguments == true)
    }

    @Test func `jobs that are enqueued one by one at the same time share statements`() async throws {
        let stage = try Stage()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...200 {
                group.addTask { try await stage.broker.enqueue(ScriptedJob.self, "\(number)") }
            }
            try await group.waitForAll()
        }
        #expect(try await stage.results.list(limit: 1000).statuses.count == 200)
        #expect(stage.store.calls("recordPending") < 200)
    }

    private func refusing(_ stage: Stage, _ code: SQJobsError.Code, throwsIt: Bool) -> InMemoryBroker {
        let error = SQJobsError(code, "The broker says so.")
        var broker = stage.broker
        broker.enqueueMiddleware.append(Refusal(error: error, throwsIt: throwsIt))
        return broker
    }

    private struct Refusal: EnqueueMiddleware {
        let error: SQJobsError
        let throwsIt: Bool

        func enqueue(
            _ requests: [EnqueueRequest], to queue: QueueName,
            next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
        ) async throws -> [Result<SentMessage, SQJobsError>] {
            if throwsIt { throw error }
            return requests.map { _ in .failure(error) }
        }
    }

    private struct Spy: EnqueueMiddleware {
        let look: @Sendable ([EnqueueRequest]) async throws -> Void

        func enqueue(
            _ requests: [EnqueueRequest], to queue: QueueName,
            next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
        ) async throws -> [Result<SentMessage, SQJobsError>] {
            try await look(requests)
            return try await next(requests)
        }
    }
}
