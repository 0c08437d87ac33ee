import Foundation
import SQJobsEager
import Synchronization
import Testing

@Suite("Eager mode: what options, middleware and time-outs do")
struct EagerOptionsTests {
    let steps = Steps()

    /// Answers with what the job knows of its message.
    final class ContextJob: Job<NoParameters, String> {
        override class var queue: QueueName { "home" }

        override func run(_ parameters: NoParameters) async throws -> String {
            "\(context.id) \(context.queue) \(context.attributes.sorted { $0.key < $1.key }) \(context.enqueuedAt != nil)"
        }
    }

    @Test("A delay is ignored: the job is run at once")
    func delayIsIgnored() async throws {
        let broker = EagerBroker { [steps] in FlakyJob(steps) }
        let done = try await broker.enqueue(FlakyJob.self, [1], .delay(.seconds(365 * 86400)))
        #expect(done.output == 1)
        _ = try await broker.enqueue(FlakyJob.self, [1], .at(.distantFuture))
        #expect(steps.all.filter { $0.hasPrefix("onSuccess") }.count == 2)
    }

    @Test("Id, queue and attributes reach the job; group and deduplication id are accepted")
    func optionsReachTheJob() async throws {
        let done = try await EagerBroker { ContextJob() }.enqueue(
            ContextJob.self, .id("mine"), .queue("other"), .attribute("tenant", "7"), .group("g"),
            .deduplicationID("d"))
        #expect(done.id == "mine")
        #expect(done.output == #"mine other [(key: "tenant", value: "7")] true"#)
    }

    @Test("Enqueue middleware sees the job and may change it; execution middleware sees each attempt")
    func middleware() async throws {
        let broker = EagerBroker(
            jobs: JobRegistry { [steps] in FlakyJob(steps, failures: 1) }, middleware: [Watching(steps: steps)],
            enqueueMiddleware: [Marking()])
        _ = try await broker.enqueue(FlakyJob.self, [2])
        #expect(steps.all.filter { $0.hasPrefix("watched") } == ["watched marked 1", "watched marked 2"])
    }

    @Test("A middleware that answers for the job leaves it unrun, which is an error for who enqueued it")
    func unneeded() async throws {
        struct Declining: ExecutionMiddleware {
            func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome { .unneeded }
        }
        let broker = EagerBroker(jobs: JobRegistry { [steps] in FlakyJob(steps) }, middleware: [Declining()])
        let error = await #expect(throws: SQJobsError.self) { try await broker.enqueue(FlakyJob.self, [2]) }
        #expect(error?.code == .notRun)
        #expect(steps.all.isEmpty)
    }

    @Test("A job with a time-out is cancelled, and the attempt counts as failed once it returned")
    func timeout() async throws {
        final class EndlessJob: NotingJob {
            override class var timeout: Duration? { .seconds(5) }
            override class var maximumAttempts: Int? { 2 }

            override func run(_ numbers: [Int]) async throws -> Int {
                try await waitForCancellation()
                throw CancellationError()
            }
        }
        // Its sleep is over at once, so a time-out comes as soon as it is set.
        let clock = JobClock(now: { Date(timeIntervalSince1970: 0) }, elapsed: { .zero }, sleep: { _ in })
        let broker = EagerBroker(jobs: JobRegistry { [steps] in EndlessJob(steps) }, clock: clock)
        let error = await #expect(throws: SQJobsError.self) { try await broker.enqueue(EndlessJob.self, [1]) }
        #expect(error?.code == .timedOut)
        #expect(steps.all.filter { $0.hasPrefix("onFailure") }.count == 2)
        #expect(steps.all.filter { $0.hasPrefix("onExhausted") }.count == 1)
    }

    @Test("A value that is returned after a time-out is a success")
    func returnedAfterTimeout() async throws {
        final class StubbornJob: NotingJob {
            override class var timeout: Duration? { .seconds(5) }

            override func run(_ numbers: [Int]) async throws -> Int {
                try? await waitForCancellation()
                return 9
            }
        }
        let clock = JobClock(now: { Date(timeIntervalSince1970: 0) }, elapsed: { .zero }, sleep: { _ in })
        let broker = EagerBroker(jobs: JobRegistry { [steps] in StubbornJob(steps) }, clock: clock)
        #expect(try await broker.enqueue(StubbornJob.self, [1]).output == 9)
    }

    @Test("Cancelling the task that enqueues cancels the job, and calls no hook")
    func cancellation() async throws {
        final class EndlessJob: NotingJob {
            override func run(_ numbers: [Int]) async throws -> Int {
                steps.note("running")
                try await waitForCancellation()
                throw CancellationError()
            }
        }
        let broker = EagerBroker { [steps] in EndlessJob(steps) }
        let task = Task { try await broker.enqueue(EndlessJob.self, [1]) }
        let deadline = ContinuousClock.now.advanced(by: .seconds(60))
        while !steps.all.contains("running"), ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(2))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(steps.all == ["setUp 1", "running", "tearDown"])
    }
}

/// Returns only by throwing, once the task is cancelled.
private func waitForCancellation() async throws {
    try await Task.sleep(for: .seconds(3600))
}

private struct Watching: ExecutionMiddleware {
    let steps: Steps

    func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        steps.note("watched \(context.attributes["mark"] ?? "unmarked") \(context.attempt)")
        return await next()
    }
}

private struct Marking: EnqueueMiddleware {
    func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        var requests = requests
        for index in requests.indices { requests[index].attributes["mark"] = "marked" }
        return try await next(requests)
    }
}
