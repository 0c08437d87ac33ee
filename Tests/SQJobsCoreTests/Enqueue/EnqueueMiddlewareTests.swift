import SQJobsCore
import SQJobsTesting
import Testing

@Suite("Middleware of enqueueing")
struct EnqueueMiddlewareTests {
    /// Calls a closure as a middleware.
    struct Step: EnqueueMiddleware {
        typealias Answers = [Result<SentMessage, SQJobsError>]
        typealias Next = ([EnqueueRequest]) async throws -> Answers

        let body: @Sendable ([EnqueueRequest], QueueName, Next) async throws -> Answers

        func enqueue(_ requests: [EnqueueRequest], to queue: QueueName, next: Next) async throws -> Answers {
            try await body(requests, queue, next)
        }
    }

    func broker(_ steps: Step...) -> RecordingBroker {
        var broker = RecordingBroker(clock: ManualClock().jobClock)
        broker.enqueueMiddleware = steps
        return broker
    }

    @Test("the first is the outermost: it sees the requests first and the answers last")
    func order() async throws {
        let log = EventLog()
        func step(_ name: String) -> Step {
            Step { requests, queue, next in
                log.add("\(name) \(requests.count) on \(queue)")
                var requests = requests
                for index in requests.indices { requests[index].attributes["seen", default: ""] += name }
                let answers = try await next(requests)
                log.add("\(name) back \(answers.count)")
                return answers
            }
        }
        let broker = broker(step("a"), step("b"))
        try await broker.enqueue(AdderJob.self, batch: [[1], [2]])
        #expect(log.events == ["a 2 on my_queue", "b 2 on my_queue", "b back 2", "a back 2"])
        #expect(broker.enqueued.map(\.attributes) == [["seen": "ab"], ["seen": "ab"]])
    }

    @Test("a middleware may change what is sent")
    func change() async throws {
        let broker = broker(
            Step { requests, _, next in
                try await next(
                    requests.map { request in
                        var request = request
                        request.delay += .seconds(10)
                        request.message.name = "renamed"
                        return request
                    })
            })
        try await broker.enqueue(AdderJob.self, [1], .delay(.seconds(5)))
        #expect(broker.enqueued.map(\.delay) == [.seconds(15)])
        #expect(broker.enqueued.map(\.name) == ["renamed"])
    }

    @Test("a middleware may answer a request itself; what it did not pass on is not sent")
    func answer() async throws {
        let broker = broker(
            Step { requests, _, next in
                var sent = try await next(requests.filter { !$0.message.id.hasPrefix("held") })[...]
                return requests.map {
                    $0.message.id.hasPrefix("held") ? .success(SentMessage(messageID: "outbox")) : sent.removeFirst()
                }
            })
        let held = try await broker.enqueue(AdderJob.self, [1], .id("held-1"))
        #expect(held.id == "held-1" && held.messageID == "outbox")
        #expect(broker.enqueued.isEmpty)
        try await broker.enqueue(AdderJob.self, [1])
        #expect(broker.enqueued.count == 1)
    }

    @Test("what a middleware makes too large is refused as what a caller made too large is")
    func sizes() async throws {
        let broker = broker(
            Step { requests, _, next in
                var requests = requests
                requests[0].attributes["pad"] = String(repeating: "p", count: 1_048_576)
                return try await next(requests)
            })
        let error = await #expect(throws: SQJobsError.self) { try await broker.enqueue(AdderJob.self, [1]) }
        #expect(error?.code == .messageTooLarge)
    }

    @Test("an error of a middleware is the caller's, and nothing is sent")
    func failure() async throws {
        let broker = broker(
            Step { _, queue, _ in
                throw SQJobsError(.brokerUnavailable, "The store of \(queue) is away.", queue: queue)
            })
        let error = await #expect(throws: SQJobsError.self) { try await broker.enqueue(AdderJob.self, [1]) }
        #expect(error?.message == "The store of my_queue is away.")
        #expect(broker.enqueued.isEmpty)
    }

    @Test("a middleware that loses answers leaves their outcome unknown, and does not crash its app")
    func lostAnswers() async throws {
        let broker = broker(Step { requests, _, next in Array(try await next(requests).prefix(1)) })
        let answers = try await broker.enqueue(AdderJob.self, batch: [[1], [2]])
        #expect(answers.count == 2)
        let unknown = #expect(throws: SQJobsError.self) { try answers[1].get() }
        #expect(unknown?.code == .unknownOutcome)
        let silent = self.broker(Step { _, _, _ in [] })
        let error = await #expect(throws: SQJobsError.self) { try await silent.enqueue(AdderJob.self, [1]) }
        #expect(error?.code == .unknownOutcome)
    }

    @Test("tracing and metrics are there unless an app takes them away")
    func standard() {
        let types = RecordingBroker().enqueueMiddleware.map { "\(type(of: $0))" }
        #expect(types == ["EnqueueTracing", "EnqueueMetrics"])
    }
}
