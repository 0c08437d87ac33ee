import Logging
import SQJobsTesting
import Testing

@testable import SQJobsCore

@Suite("A worker's life (rule 2.12)")
struct WorkerLifecycleTests {
    @Test func `a graceful shutdown lets jobs finish, and gives back what waits`() async throws {
        let gate = AsyncGate()
        let theatre = try Theatre(
            Play { [gate] part, _ in
                await gate.pass()
                return part
            }, queues: ["stage", "second"]
        ) { $0.concurrency = 2 }
        try await theatre.enqueue("a", "b")
        theatre.open()
        try await theatre.wait("both run") { gate.waiting == 2 }
        try await theatre.enqueue("c", on: "second")
        try await theatre.wait("one waits") { try await theatre.statistics("second").inFlight == 1 }
        await theatre.signal()
        await theatre.pass(.seconds(20))
        #expect(!theatre.hasEnded)
        #expect(try await theatre.statistics("second").waiting == 1, "at once, for another worker to take")
        gate.open()
        try await theatre.end()
        #expect(theatre.play.steps.all.count { $0.hasPrefix("onSuccess") } == 2)
        #expect(theatre.play.runs == 2)
        #expect(try await theatre.statistics().isEmpty)
        #expect(theatre.log.lines.last?.message == "worker stopped")
    }

    @Test func `an idle worker stops at once, without an error`() async throws {
        let theatre = try Theatre()
        theatre.open()
        try await theatre.wait("it polls") { theatre.broker.state.value.receiving == 1 }
        let before = theatre.clock.elapsed
        try await theatre.close()
        #expect(theatre.clock.elapsed - before <= .seconds(1))
        #expect(theatre.broker.state.value.receiving == 0)
    }

    @Test func `a worker whose task is cancelled does not wait for its jobs, but releases them`() async throws {
        let theatre = try Theatre(
            Play { [clock = ManualClock()] part, _ in
                try await clock.sleep(for: .seconds(1))
                return part
            })
        let ids = try await theatre.enqueue("a")
        let run = Task { try await theatre.worker.run() }
        try await theatre.wait("it runs") { theatre.play.runs == 1 }
        let before = theatre.clock.elapsed
        run.cancel()
        let isOver = Shared(false)
        Task {
            try await run.value
            isOver.change { $0 = true }
        }
        try await theatre.wait("it ends, without an error") { isOver.value }
        #expect(theatre.clock.elapsed - before < .seconds(2))
        #expect(theatre.releases == [ids[0]: .zero])
        #expect(theatre.play.steps.all == ["setUp a", "run a", "tearDown a"])
    }

    @Test func `a worker that is stopped before it has begun ends, and runs nothing`() async throws {
        let theatre = try Theatre()
        try await theatre.enqueue("a")
        let run = Task { try await theatre.worker.run() }
        run.cancel()
        let isOver = Shared(false)
        Task {
            _ = await run.result
            isOver.change { $0 = true }
        }
        try await theatre.wait("it ends") { isOver.value }
        try await run.value
        #expect(try await theatre.statistics().inFlight == 0)
    }

    @Test func `a draining worker ends when all is done, what its jobs enqueued too`() async throws {
        let stage = Shared<Theatre?>(nil)
        let theatre = try Theatre(
            Play { part, context in
                if part.count < 4 {
                    try await stage.value?.enqueue(part + "x", on: part.count == 2 ? "second" : "stage")
                }
                if part.count == 3, context.attempt == 1 { throw PlayError(description: "once more") }
                return part
            }, queues: ["stage", WorkerQueue("second", weight: 2)]
        ) { $0.stopsWhenEmpty = true }
        stage.change { $0 = theatre }
        for _ in 0..<12 { try await theatre.enqueue("a") }
        theatre.open()
        try await theatre.end()
        stage.change { $0 = nil }
        #expect(theatre.play.steps.all.count { $0 == "onSuccess axxx" } == 24, "the third part was run twice")
        for queue in ["stage", "second"] as [QueueName] { #expect(try await theatre.statistics(queue).isEmpty) }
        #expect(theatre.clock.elapsed >= .seconds(7), "it waited for the repeats")
    }

    @Test func `a worker needs queues that exist, each once, and with a weight`() async throws {
        let broker = try InMemoryBroker("stage")
        func code(_ queues: WorkerQueue...) async -> SQJobsError.Code? {
            let worker = Worker(broker: broker, queues: queues, jobs: JobRegistry([]))
            do {
                try await worker.run()
                return nil
            } catch {
                return (error as? SQJobsError)?.code
            }
        }
        #expect(await code() == .invalidConfiguration)
        #expect(await code("stage", "stage") == .invalidConfiguration)
        #expect(await code(WorkerQueue("stage", weight: 0)) == .invalidConfiguration)
        #expect(await code("stage", "unknown") == .queueDoesNotExist)
    }

    @Test func `a worker needs a configuration that can be used, and shows the value that cannot`() async throws {
        func message(_ configure: (inout WorkerConfiguration) -> Void) -> String? {
            var configuration = WorkerConfiguration()
            configure(&configuration)
            do {
                try configuration.validate()
                return nil
            } catch {
                return "\(error)"
            }
        }
        #expect(message { _ in } == nil)
        #expect(message { $0.concurrency = 0 } == "The worker's concurrency is 0: it must be 1 or more.")
        #expect(message { $0.receivers = -1 } == "The worker's receivers is -1: it must be 1 or more.")
        #expect(message { $0.shutdownTimeout = .seconds(-1) }?.contains("shutdownTimeout is -1.0 seconds") ?? false)
    }

    @Test func `a worker refuses two jobs of one name`() async throws {
        let jobs = JobRegistry {
            PlayJob(Play())
            PlayJob(Play())
        }
        let worker = Worker(broker: try InMemoryBroker("stage"), queues: ["stage"], jobs: jobs)
        await #expect { try await worker.run() } throws: { ($0 as? SQJobsError)?.code == .duplicateJob }
    }
}
