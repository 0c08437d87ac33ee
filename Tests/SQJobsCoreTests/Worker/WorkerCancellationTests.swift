import Logging
import SQJobsTesting
import Testing

@testable import SQJobsCore

@Suite("Why a job is cancelled (rules 2.7, 2.8, 2.11)")
struct WorkerCancellationTests {
    private let gate = AsyncGate()

    /// Jobs that wait until the test lets them go, and throw then if they were cancelled.
    private var waitingPlay: Play {
        Play { [gate] part, _ in
            await gate.pass()
            try Task.checkCancellation()
            return part
        }
    }

    /// Jobs that wait until the test lets them go, and return a value whatever happened.
    private var stubbornPlay: Play {
        Play { [gate] part, _ in
            await gate.pass()
            return part
        }
    }

    @Test func `a time-out is a failure, counted when the job has returned, and its lease is kept until then`()
        async throws
    {
        let theatre = try Theatre(waitingPlay)
        let ids = try await theatre.enqueue("a", as: ShortPlayJob.self)
        try await theatre.perform {
            try await theatre.wait("it runs") { gate.waiting == 1 }
            await theatre.pass(.seconds(60))
            #expect(theatre.play.steps.all == ["setUp a", "run a"], "it has not returned")
            #expect(try await theatre.statistics().inFlight == 1)
            gate.open()
            try await theatre.wait("it fails") { theatre.play.steps.all.last?.hasPrefix("onFailure a") ?? false }
            #expect(theatre.releases == [ids[0]: .seconds(7)])
            #expect(theatre.play.steps.all.last?.contains("ran into its time-out of 5.0 seconds") ?? false)
        }
    }

    @Test func `a job that never suspends sees that it was cancelled`() async throws {
        let began = Count()
        let theatre = try Theatre(
            Play { part, _ in
                began.add()
                let end = ContinuousClock.now + .seconds(60)
                while !Task.isCancelled, ContinuousClock.now < end {}
                try Task.checkCancellation()
                return part
            })
        try await theatre.enqueue("a", as: ShortPlayJob.self)
        try await theatre.perform {
            try await theatre.wait("it runs") { began.value == 1 }
            await theatre.pass(.seconds(6))
            try await theatre.wait("it fails") { theatre.play.steps.all.last?.hasPrefix("onFailure a") ?? false }
        }
    }

    @Test func `a job that returns in time leaves no timer behind`() async throws {
        let theatre = try Theatre()
        for part in 0..<20 { try await theatre.enqueue("\(part)", as: ShortPlayJob.self) }
        try await theatre.perform {
            try await theatre.wait("all are over", step: .milliseconds(3)) {
                theatre.play.steps.all.count { $0.hasPrefix("onSuccess") } == 20
            }
            try #require(theatre.clock.elapsed < .seconds(5), "their timers would have ended by themselves")
            try await eventually("only receives and leases are waited for") { theatre.clock.sleepers < 20 }
        }
    }

    @Test(arguments: [PlayJob.self, ShortPlayJob.self])
    func `a value that is returned after a cancellation is a success`(_ job: PlayJob.Type) async throws {
        let theatre = try Theatre(stubbornPlay) { $0.shutdownTimeout = .seconds(1) }
        let ids = try await theatre.enqueue("a", as: job)
        theatre.open()
        try await theatre.wait("it runs") { gate.waiting == 1 }
        if job == PlayJob.self { await theatre.signal() }
        await theatre.pass(job == PlayJob.self ? .milliseconds(1500) : .seconds(6), step: .milliseconds(100))
        gate.open()
        try await theatre.wait("its hook is called") { theatre.play.steps.all.last == "onSuccess a" }
        #expect(theatre.broker.state.value.deletes == [ids])
        #expect(theatre.play.cancelledHooks.value == 0, "the cancellation was the job's, not its hooks'")
        try await theatre.close()
    }

    @Test func `a job whose lease is lost is cancelled, and neither settled nor given a hook`() async throws {
        let theatre = try Theatre(waitingPlay)
        try await theatre.enqueue("a")
        try await theatre.perform {
            try await theatre.wait("it runs") { gate.waiting == 1 }
            try await #require(theatre.broker.administration).purge("stage")
            await theatre.pass(.seconds(60))
            #expect(theatre.broker.state.value.extensions.count == 1, "it is renewed no more")
            gate.open()
            try await theatre.wait("it ends") { theatre.play.steps.all.last == "tearDown a" }
            await theatre.pass(.seconds(5))
        }
        #expect(theatre.play.steps.all == ["setUp a", "run a", "tearDown a"])
        #expect(theatre.releases.isEmpty)
        #expect(theatre.broker.state.value.deletes.isEmpty)
    }

    @Test func `a job that goes on at the deadline of a stop is cancelled and released without a hook`() async throws {
        let theatre = try Theatre(
            Play { [clock = ManualClock()] part, _ in
                try await clock.sleep(for: .seconds(1))
                return part
            }
        ) { $0.shutdownTimeout = .seconds(3) }
        let ids = try await theatre.enqueue("a")
        theatre.open()
        try await theatre.wait("it runs") { theatre.play.runs == 1 }
        await theatre.signal()
        await theatre.pass(.milliseconds(2900), step: .milliseconds(100))
        #expect(!theatre.hasEnded)
        #expect(theatre.play.steps.all == ["setUp a", "run a"])
        try await theatre.end()
        #expect(theatre.play.steps.all == ["setUp a", "run a", "tearDown a"])
        #expect(theatre.releases == [ids[0]: .zero])
        #expect(try await theatre.statistics().waiting == 1)
    }

    @Test func `a job that blocks its thread beyond that is named, not released, and the worker ends`() async throws {
        let gate = BlockingGate()
        let theatre = try Theatre(
            Play { part, _ in
                gate.pass()
                return part
            }
        ) { $0.shutdownTimeout = .seconds(3) }
        let ids = try await theatre.enqueue("a")
        theatre.open()
        try await theatre.wait("it blocks") { gate.blocked == 1 }
        try await theatre.close()
        let line = try #require(theatre.log.lines.first { $0.level == .error })
        #expect(line.message.contains("left behind"))
        #expect(line.metadata["job"] == "play")
        #expect(line.metadata["message_id"] == ids[0])
        #expect(try await theatre.statistics().inFlight == 1)
        #expect(theatre.releases.isEmpty)

        gate.open()
        try await eventually("it completes later") { theatre.play.steps.all.contains("tearDown a") }
        await theatre.pass(.seconds(31))
        #expect(try await theatre.statistics().waiting == 1, "it becomes visible by expiry, and is not deleted")
        #expect(!theatre.play.steps.all.contains { $0.hasPrefix("on") })
    }

    @Test func `a job that returns after it was left behind is over, though the worker is not yet`() async throws {
        let gate = BlockingGate()
        let theatre = try Theatre(
            Play { part, _ in
                if part == "blocked" { gate.pass() }
                return part
            }
        ) { $0.shutdownTimeout = .seconds(1) }
        theatre.broker.state.change { $0.refusedCalls = (SpyBroker.unavailable, .max) }
        try await theatre.enqueue("unsettled", "blocked")
        theatre.open()
        try await theatre.wait("one blocks, one is to be deleted") {
            gate.blocked == 1 && !theatre.broker.state.value.deletes.isEmpty
        }
        await theatre.signal()
        try await theatre.wait("it is left behind") { theatre.log.text.contains("left behind") }
        #expect(!theatre.hasEnded, "the other one's delete has its own deadline")
        gate.open()
        try await eventually("nothing of it remains") { theatre.play.alive.value == 1 }
        try await theatre.end()
        try await eventually("nor of the other") { theatre.play.alive.value == 0 }
    }

    @Test func `jobs that block every place for longer than the visibility are renewed, and delivered once`()
        async throws
    {
        let gate = BlockingGate()
        let theatre = try Theatre(
            Play { part, _ in
                gate.pass()
                return part
            }, settings: QueueSettings(visibility: .seconds(8), maximumReceives: 5)
        ) { $0.concurrency = 4 }
        try await theatre.enqueue("a", "b", "c", "d", "e")
        try await theatre.perform {
            try await theatre.wait("every place is blocked") { gate.blocked == 4 }
            await theatre.pass(.seconds(60), step: .milliseconds(100))
            #expect(try await theatre.statistics().inFlight >= 4)
            #expect(theatre.play.runs == 4)
            gate.open()
            try await theatre.wait("all are over") { theatre.play.steps.all.count { $0.hasPrefix("onSuccess") } == 5 }
        }
        #expect(theatre.play.runs == 5, "none was delivered twice")
        #expect(theatre.broker.state.value.extensions.count >= 4)
    }

    @Test func `a job may hold its message for longer than the worker would`() async throws {
        let theatre = try Theatre(
            Play { [gate] part, context in
                try await context.extendLease(by: .seconds(600))
                await gate.pass()
                return part
            })
        try await theatre.enqueue("a")
        try await theatre.perform {
            try await theatre.wait("it has asked") { gate.waiting == 1 }
            await theatre.pass(.seconds(500), step: .seconds(5))
            #expect(theatre.broker.state.value.extensionLengths == [.seconds(600)])
            gate.open()
            try await theatre.wait("it is over") { theatre.play.steps.all.last == "onSuccess a" }
        }
        #expect(theatre.play.runs == 1)
    }

    @Test func `a job that asks for a longer lease is told that it has none any more`() async throws {
        let theatre = try Theatre(
            Play { [gate] part, context in
                await gate.pass()
                do {
                    try await context.extendLease(by: .seconds(600))
                } catch let error as SQJobsError {
                    return error.code.rawValue
                }
                return part
            })
        try await theatre.enqueue("a")
        try await theatre.perform {
            try await theatre.wait("it runs") { gate.waiting == 1 }
            try await #require(theatre.broker.administration).purge("stage")
            gate.open()
            try await theatre.wait("it is over") { theatre.play.steps.all.contains("onSuccess leaseLost") }
        }
    }
}
