import SQJobsCore
import SQJobsTesting
import Testing

@Suite("What a queue can hold")
struct EnqueueLimitTests {
    let broker = RecordingBroker(clock: ManualClock().jobClock) { queue in
        QueueCapabilities(
            longestDelay: .seconds(900), delaysEachMessage: queue != "order", largestMessage: 300,
            isOrdered: queue == "order")
    }

    func error(_ enqueue: () async throws -> some Any) async throws -> SQJobsError {
        try await #require(throws: SQJobsError.self) { _ = try await enqueue() }
    }

    @Test("1.7: a message of exactly the largest size is sent, one byte more is refused with both sizes")
    func size() async throws {
        func enqueue(_ more: Int) async throws {
            let bare = try MessageCodec.encode(
                JobMessage(id: "1", name: "x", arguments: JobArguments(args: ["secret"])))
            let letters = 300 - OutgoingMessage(body: bare, attributes: ["k": ""]).size + more
            try await broker.enqueue(
                named: "x", on: "q", args: ["secret"], .id("1"), .attribute("k", String(repeating: "p", count: letters))
            )
        }
        try await enqueue(0)
        let refusal = try await error { try await enqueue(1) }
        #expect(refusal.code == .messageTooLarge && refusal.job == "x" && refusal.queue == "q")
        #expect(refusal.message.contains("301") && refusal.message.contains("300"))
        #expect(!refusal.message.contains("secret"))
        #expect(broker.enqueued.count == 1)
    }

    @Test("1.7: sizes are those of the encoded message in bytes: base64, and each attribute's name, type and value")
    func measure() {
        #expect(OutgoingMessage(body: "é").size == 2)
        #expect(OutgoingMessage(body: "1234", attributes: ["ab": "é"]).size == 4 + 2 + 2 + 6)
    }

    @Test("a delay over the limit is refused with both times")
    func delay() async throws {
        try await broker.enqueue(CleanUp.self, .delay(.seconds(900)))
        let refusal = try await error { try await broker.enqueue(CleanUp.self, .delay(.milliseconds(900_001))) }
        #expect(refusal.code == .delayTooLong)
        #expect(refusal.message.contains("900.0 seconds") && refusal.message.contains("900.001 seconds"))
        #expect(broker.enqueued.count == 1)
    }

    @Test("a delay on a queue that cannot delay one message, and a group on a queue without groups, are refused")
    func unsupported() async throws {
        let delay = try await error { try await broker.enqueue(CleanUp.self, .queue("order"), .delay(.seconds(1))) }
        #expect(delay.code == .unsupported && delay.message.contains("“order”"))
        let group = try await error { try await broker.enqueue(CleanUp.self, .group("g")) }
        #expect(group.code == .unsupported && group.message.contains("“sqjobs”"))
        #expect(broker.enqueued.isEmpty)
    }

    @Test("in a batch each job has its own answer, in order; those that fit are sent")
    func batch() async throws {
        let answers = try await broker.enqueue(AdderJob.self, batch: [[1], Array(repeating: 7, count: 200), [3]])
        #expect(answers.count == 3)
        #expect(try answers[0].get().messageID == "recorded-1")
        let refusal = #expect(throws: SQJobsError.self) { try answers[1].get() }
        #expect(refusal?.code == .messageTooLarge)
        #expect(try answers[2].get().messageID == "recorded-2")
        #expect(try broker.enqueued(AdderJob.self).map(\.parameters) == [[1], [3]])
        #expect(answers.compactMap { try? $0.get() }.map(\.id) == broker.enqueued.map(\.id))
    }

    @Test("a batch of nothing, and one of which nothing fits, send nothing")
    func emptyBatch() async throws {
        #expect(try await broker.enqueue(AdderJob.self, batch: []).isEmpty)
        let large = Array(repeating: 7, count: 200)
        let answers = try await broker.enqueue(AdderJob.self, batch: [large, large])
        #expect(answers.allSatisfy { (try? $0.get()) == nil } && answers.count == 2)
        #expect(broker.enqueued.isEmpty)
    }

    @Test("one id cannot serve a batch")
    func idOfBatch() async throws {
        let refusal = try await error { try await broker.enqueue(AdderJob.self, batch: [[1], [2]], .id("x")) }
        #expect(refusal.code == .invalidConfiguration)
        #expect(broker.enqueued.isEmpty)
    }
}
