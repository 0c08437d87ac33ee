import InMemoryTracing
import Instrumentation
import SQJobsCore
import SQJobsSQS
import TestSurroundings
import Testing
import Tracing

@Suite("Tracing over SQS", .timeLimit(.minutes(2)))
struct TracingTests {
    /// In a process of its own: a tracer is set up once a process, and the other tests want none.
    @Test("the span of an attempt is linked to that of the enqueueing through traceparent, beside the body")
    func linked() async throws {
        await #expect(processExitsWith: .success) {
            let spans = InMemoryTracer(idGenerator: TraceparentTracer.identifiers)
            InstrumentationSystem.bootstrap(TraceparentTracer(spans: spans))
            try await TracingTests.run(spans)
        }
    }

    private static func run(_ spans: InMemoryTracer) async throws {
        try await TestServer().withBroker { broker in
            let queue = try await broker.makeQueue(QueueSettings())
            let ran = Recorder<TracedJob.Seen>()
            let tickets = try await broker.enqueue(TracedJob.self, batch: [1, 2], .queue(queue)).map { try $0.get() }
            let lone = try await broker.enqueue(TracedJob.self, 3, .queue(queue))
            try await WorkerInPlace(broker: broker, queue: queue, jobs: JobRegistry { TracedJob(ran: ran) }).run {
                try await eventually("3 jobs ran") { ran.count == 3 }
                try await broker.waitUntilEmpty(queue)
            }

            let enqueued = spans.finishedSpans.filter { $0.operationName == "traced_job enqueue" }
            let executed = spans.finishedSpans.filter { $0.operationName == "traced_job execute" }
            #expect(enqueued.map(\.kind) == [.producer, .producer])
            #expect(executed.count == 3)
            for seen in ran.all {
                let producer = try #require(seen.job == lone.id ? enqueued.last : enqueued.first)
                #expect(tickets.map(\.id).contains(seen.job) || seen.job == lone.id)
                #expect(seen.traceparent == "00-\(producer.traceID)-\(producer.spanID)-01")
                let consumer = try #require(executed.first { $0.spanID == seen.span })
                #expect(consumer.kind == .consumer)
                #expect(consumer.traceID != producer.traceID)
                #expect(consumer.attributes.get("messaging.message.id") == .string(seen.job))
                let links = consumer.links.compactMap(\.context.inMemorySpanContext)
                #expect(links.map(\.traceID) == [producer.traceID])
                #expect(links.map(\.spanID) == [producer.spanID])
            }
        }
    }
}

/// Notes what it sees of the trace.
private final class TracedJob: Job<Int, Void> {
    struct Seen: Sendable {
        let job: String
        let traceparent: String?
        let span: String?
    }

    override class var name: String { "traced_job" }

    private let ran: Recorder<Seen>

    init(ran: Recorder<Seen>) {
        self.ran = ran
    }

    override func run(_ number: Int) async throws {
        let span = ServiceContext.current?.inMemorySpanContext?.spanID
        ran.add(Seen(job: context.id, traceparent: context.attributes["traceparent"], span: span))
    }
}
