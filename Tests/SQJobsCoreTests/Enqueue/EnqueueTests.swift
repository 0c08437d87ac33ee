import Foundation
import SQJobsCore
import SQJobsTesting
import Testing

@Suite("Enqueueing")
struct EnqueueTests {
    let clock = ManualClock()
    var broker: RecordingBroker

    init() {
        broker = RecordingBroker(clock: clock.jobClock)
    }

    @Test("a job goes to its own queue under its own name, with an id that says when")
    func plain() async throws {
        let ticket = try await broker.enqueue(AdderJob.self, [1, 2, 3])
        let recorded = try #require(broker.enqueued.first)
        #expect(recorded.name == "adder_job" && recorded.queue == "my_queue" && recorded.delay == .zero)
        #expect(try recorded.parameters.positional() == [1, 2, 3])
        #expect(ticket.id == recorded.id && ticket.name == "adder_job" && ticket.queue == "my_queue")
        #expect(ticket.messageID == "recorded-1")
        #expect(JobID.date(of: ticket.id) == clock.now)
    }

    @Test("a job's name is its class's and its queue “sqjobs”, unless it says otherwise")
    func defaults() async throws {
        try await broker.enqueue(CleanUp.self)
        let recorded = try #require(broker.enqueued.first)
        #expect(recorded.name == "CleanUp" && recorded.queue == "sqjobs")
        #expect(try recorded.parameters.positional() == [] && recorded.parameters.keywords() == [:])
    }

    @Test("options say the queue, the delay, the id and what travels beside the body; the later of two counts")
    func options() async throws {
        try await broker.enqueue(
            AdderJob.self, [1], .queue("first"), .delay(.seconds(5)), .queue("other"), .delay(.seconds(300)),
            .id("order-7#2"), .attribute("tenant", "north"), .attribute("tenant", "south"), .attribute("b", "c"))
        let recorded = try #require(broker.enqueued.first)
        #expect(recorded.queue == "other")
        #expect(recorded.delay == .seconds(300))
        #expect(recorded.id == "order-7#2")
        #expect(recorded.attributes == ["tenant": "south", "b": "c"])
    }

    @Test("a date is a delay from now, and a past one is none")
    func dates() async throws {
        await clock.advance(by: .seconds(1000))
        try await broker.enqueue(CleanUp.self, .at(clock.now.addingTimeInterval(90)))
        try await broker.enqueue(CleanUp.self, .at(clock.now.addingTimeInterval(-90)))
        try await broker.enqueue(CleanUp.self, .delay(.seconds(-5)))
        #expect(broker.enqueued.map(\.delay) == [.seconds(90), .zero, .zero])
    }

    @Test("a job is enqueued by name with arguments given by hand")
    func named() async throws {
        let ticket = try await broker.enqueue(
            named: "adder_job", on: "sums", args: [1, 2.5], kwargs: ["deep": ["k": nil]], .delay(.seconds(1)))
        let recorded = try #require(broker.enqueued.first)
        #expect(recorded.id == ticket.id && recorded.name == "adder_job" && recorded.queue == "sums")
        #expect(recorded.delay == .seconds(1))
        #expect(try recorded.parameters.positional() == [1, 2.5])
        #expect(try recorded.parameters.keywords() == ["deep": ["k": nil]])
    }

    @Test("on an ordered queue a job has its name as group and its id as deduplication id, unless it says otherwise")
    func ordered() async throws {
        let plain = try await broker.enqueue(AdderJob.self, [1], .queue("sums.fifo"))
        try await broker.enqueue(AdderJob.self, [1], .queue("sums.fifo"), .group("north"), .deduplicationID("d"))
        #expect(broker.enqueued.map(\.group) == ["adder_job", "north"])
        #expect(broker.enqueued.map(\.deduplicationID) == [plain.id, "d"])
    }

    @Test("a queue that does not exist is an error before anything is sent")
    func missingQueue() async throws {
        let memory = try InMemoryBroker("there", clock: clock.jobClock)
        let error = await #expect(throws: SQJobsError.self) { try await memory.enqueue(AdderJob.self, [1]) }
        #expect(error?.code == .queueDoesNotExist && error?.queue == "my_queue")
    }

    @Test("parameters that cannot be written are an error, and nothing is sent")
    func unencodable() async throws {
        final class Mean: Job<[Double], Void> {}
        let error = await #expect(throws: SQJobsError.self) { try await broker.enqueue(Mean.self, [1, .nan]) }
        #expect(error?.code == .unencodableArguments)
        await #expect(throws: SQJobsError.self) { try await broker.enqueue(Mean.self, batch: [[1], [.infinity]]) }
        #expect(broker.enqueued.isEmpty)
    }

    @Test("the times of the manual clock date the message")
    func wallTime() async throws {
        clock.setNow(Date(timeIntervalSince1970: 42))
        let ticket = try await broker.enqueue(CleanUp.self)
        #expect(JobID.date(of: ticket.id) == Date(timeIntervalSince1970: 42))
    }
}
