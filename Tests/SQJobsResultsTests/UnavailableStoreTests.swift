import SQJobsTesting
import Testing

@testable import SQJobsResults

@Suite("A store that cannot be reached (rule 2.13)")
struct UnavailableStoreTests {
    @Test func `jobs wait for it, and their messages are held meanwhile`() async throws {
        let stage = try Stage()
        for number in 1...20 { try await stage.broker.enqueue(ScriptedJob.self, "\(number)", .id("\(number)")) }
        stage.store.switchOff()
        try await stage.perform {
            await stage.pass(.seconds(300), step: .seconds(1))
            #expect(stage.runs.isEmpty)
            #expect(try await stage.statistics().inFlight >= 16)
            stage.store.switchOn()
            for number in 1...20 { try await stage.wait(for: "\(number)", .success) }
            try await stage.waitUntilEmpty()
        }
        #expect(stage.runs.count == 20)
        #expect(stage.runs.allSatisfy { $0.hasSuffix(" 1") }, "no run was begun in vain")
    }

    @Test func `waiting burns no receive of the message, and no time of the job's time-out`() async throws {
        // One receive is all that the queue allows.
        let stage = try Stage(
            Script { text, _ in text }, settings: QueueSettings(visibility: .seconds(30), maximumReceives: 1))
        try await stage.broker.enqueue(ShortJob.self, "a", .id("a"))
        stage.store.switchOff()
        try await stage.perform {
            await stage.pass(.seconds(60), step: .seconds(1))
            stage.store.switchOn()
            try await stage.wait(for: "a", .success)
            try await stage.waitUntilEmpty()
        }
        #expect(stage.script.steps.all == ["run a 1 last", "onSuccess a"])
    }

    @Test func `a job that is done waits to be written, and is not run again`() async throws {
        let gate = AsyncGate()
        let stage = try Stage(
            Script { text, _ in
                await gate.pass()
                return text
            })
        try await stage.perform {
            try await stage.broker.enqueue(ScriptedJob.self, "a", .id("a"))
            try await stage.wait("it runs") { gate.waiting == 1 }
            stage.store.switchOff()
            gate.open()
            await stage.pass(.seconds(120), step: .seconds(1))
            #expect(try await stage.statistics().inFlight == 1)
            #expect(stage.script.steps.all == ["run a 1"], "its hook waits too")
            stage.store.switchOn()
            try await stage.wait(for: "a", .success)
            try await stage.waitUntilEmpty()
        }
        #expect(stage.script.steps.all == ["run a 1", "onSuccess a"])
    }

    @Test func `a worker that is told to stop does not wait for it`() async throws {
        let stage = try Stage()
        try await stage.broker.enqueue(ScriptedJob.self, "a", .id("a"))
        stage.store.switchOff()
        try await stage.perform(shutdownTimeout: .seconds(1)) {
            try await stage.wait("it is held") { try await stage.statistics().inFlight == 1 }
            try await stage.wait("the store is asked") { stage.store.calls("claim") > 2 }
        }
        #expect(try await stage.statistics().waiting == 1, "the message was released")
        #expect(stage.runs.isEmpty)
    }

    @Test func `a schema that is too old keeps the worker from starting (rule 4_6)`() async throws {
        let stage = try Stage()
        stage.store.change { $0.isTooOld = true }
        let worker = Worker(
            broker: stage.broker, queues: ["stage"], jobs: stage.jobs, middleware: [stage.makeRecording()],
            clock: stage.clock.jobClock)
        let error = await #expect(throws: SQJobsError.self) { try await worker.run() }
        #expect(error?.code == .schemaTooOld)
    }

    @Test func `options that cannot be used keep the worker from starting`() async throws {
        let stage = try Stage { $0.lease = .milliseconds(5) }
        let worker = Worker(
            broker: stage.broker, queues: ["stage"], jobs: stage.jobs, middleware: [stage.makeRecording()],
            clock: stage.clock.jobClock)
        let error = await #expect(throws: SQJobsError.self) { try await worker.run() }
        #expect(error?.message == "The lease of results is 0.005 seconds: it must be 100 milliseconds or more.")
    }
}
