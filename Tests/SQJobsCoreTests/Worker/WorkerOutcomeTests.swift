import Logging
import SQJobsTesting
import Testing

@testable import SQJobsCore

@Suite("What becomes of a message (rules 2.1 to 2.6)")
struct WorkerOutcomeTests {
    @Test func `a job that succeeds is deleted, then its hook is called, once`() async throws {
        let theatre = try Theatre()
        let id = try await theatre.enqueue("a")
        try await theatre.perform {
            try await theatre.wait("the hook is called") { theatre.play.steps.all.contains("onSuccess a") }
        }
        #expect(theatre.play.steps.all == ["setUp a", "run a", "tearDown a", "onSuccess a"])
        #expect(theatre.broker.state.value.deletes == [id])
        #expect(try await theatre.statistics().isEmpty)
    }

    @Test func `a hook is called after the message was settled, not before`() async throws {
        let theatre = try Theatre()
        try await theatre.enqueue("a")
        theatre.broker.state.change { $0.refusedCalls = (SpyBroker.unavailable, 3) }
        try await theatre.perform {
            try await theatre.wait("the third call fails") { theatre.broker.state.value.refusedCalls.times == 0 }
            #expect(theatre.play.steps.all.last == "tearDown a")
            try await theatre.wait("the fourth is done") { theatre.play.steps.all.last == "onSuccess a" }
        }
    }

    @Test func `a failure is released with the policy's delay, and comes again`() async throws {
        let theatre = try Theatre(
            Play { part, context in
                guard context.attempt > 1 else { throw PlayError(description: "stage fright") }
                return part
            })
        let id = try await theatre.enqueue("a")
        try await theatre.perform {
            try await theatre.wait("it fails") { theatre.play.steps.all.contains("onFailure a: stage fright") }
            #expect(theatre.releases == [id[0]: .seconds(7)])
            #expect(try await theatre.statistics().delayed == 1)
            try await theatre.wait("it succeeds") { theatre.play.steps.all.contains("onSuccess a") }
        }
        #expect(theatre.clock.elapsed >= .seconds(7))
        #expect(theatre.play.steps.all.count { $0.hasPrefix("on") } == 2)
    }

    @Test func `a job that asks for another attempt has it when it asked for it, or as its policy says`() async throws {
        let theatre = try Theatre(
            Play { part, _ in
                throw Retry(after: part == "a" ? .seconds(3) : part == "late" ? .seconds(50_000) : nil)
            })
        let ids = try await theatre.enqueue("a", "b", "late")
        try await theatre.perform {
            try await theatre.wait("all are released") { theatre.releases.count == 3 }
            try await theatre.wait("all hooks are called") {
                theatre.play.steps.all.count { $0.hasPrefix("onRetry") } == 3
            }
            #expect(theatre.releases[ids[0]] == .seconds(3))
            #expect(theatre.releases[ids[1]] == .seconds(7))
            #expect(theatre.releases[ids[2]] == .seconds(43_200), "the queue can hold it back no longer")
        }
        #expect(!theatre.play.steps.all.contains { $0.hasPrefix("onFailure") })
    }

    @Test func `a policy that leaves it to the queue leaves the message alone`() async throws {
        let theatre = try Theatre(Play { _, _ in throw PlayError(description: "later") })
        try await theatre.enqueue("a", as: PatientPlayJob.self)
        try await theatre.perform {
            try await theatre.wait("it fails") { theatre.play.steps.all.contains("onFailure a: later") }
            #expect(try await theatre.statistics().inFlight == 1)
            #expect(theatre.releases.isEmpty)
            try await theatre.wait("it comes again when its visibility is over") { theatre.play.runs == 2 }
            #expect(theatre.clock.elapsed >= .seconds(30))
        }
    }

    @Test(arguments: [true, false]) func `a job without hope is buried with its reason, and its hooks called`(
        isDiscarded: Bool
    ) async throws {
        let theatre = try Theatre(
            Play { _, _ in
                if isDiscarded { throw Discard("sold out") }
                throw PlayError(description: "sold out")
            })
        let ids = try await theatre.enqueue("a", as: isDiscarded ? PlayJob.self : OnlyPlayJob.self)
        let reason = isDiscarded ? "discarded: sold out" : "sold out"
        try await theatre.perform {
            try await theatre.wait("it is over") { theatre.play.steps.all.contains("onExhausted a: \(reason)") }
        }
        #expect(theatre.play.steps.all.suffix(2) == ["onFailure a: \(reason)", "onExhausted a: \(reason)"])
        #expect(theatre.broker.state.value.burials == [ids[0]: reason])
        let dead = try await #require(theatre.broker.administration).deadMessages(of: "stage", limit: 10)
        #expect(dead.map(\.reason) == [reason])
        #expect(try await theatre.statistics().isEmpty)
    }

    @Test(arguments: [PlayJob.self, ThricePlayJob.self])
    func `attempts end by the job's own number, or else by the queue's`(_ job: PlayJob.Type) async throws {
        let theatre = try Theatre(
            Play { _, context in
                throw PlayError(description: context.isLastAttempt ? "last" : "not last")
            })
        try await theatre.enqueue("a", as: job)
        try await theatre.perform {
            try await theatre.wait("it is buried") { theatre.play.steps.all.contains("onExhausted a: last") }
        }
        #expect(theatre.play.runs == (job == ThricePlayJob.self ? 3 : 5))
        #expect(theatre.play.steps.all.count { $0 == "onFailure a: not last" } == theatre.play.runs - 1)
        #expect(try await theatre.statistics().dead == 1)
    }

    @Test func `where dead messages are not kept, one is logged with its id and deleted`() async throws {
        let theatre = try Theatre(
            Play { _, _ in throw Discard("sold out") }, settings: QueueSettings(visibility: .seconds(30)))
        let ids = try await theatre.enqueue("a")
        try await theatre.perform {
            try await theatre.wait("it is over") { theatre.play.steps.all.contains { $0.hasPrefix("onExhausted") } }
        }
        #expect(theatre.broker.state.value.deletes == [ids])
        let lines = theatre.log.lines.filter { $0.level == .error }
        #expect(
            lines.contains { $0.metadata["message_id"] == ids[0] && $0.metadata["reason"] == "discarded: sold out" })
    }

    @Test(arguments: [
        "not base64!", #"{"name": "nobody_knows", "args": ["secret"]}"#, #"{"name": "play", "args": [["secret"]]}"#,
    ])
    func `what cannot be run is released for longer each time, logged without arguments, and never deleted`(
        body: String
    ) async throws {
        let theatre = try Theatre()
        let sent = try await theatre.broker.send([OutgoingMessage(body: body)], to: "stage")
        let id = try #require(try sent.first?.get().messageID)
        try await theatre.perform {
            for receives in 1...5 {
                try await theatre.wait("it is released again") { theatre.broker.state.value.releases.count >= receives }
                #expect(theatre.broker.state.value.releases.last == [id: .seconds(1 << receives)])
                #expect(theatre.log.lines.count { $0.message == "message cannot be run" } == receives)
            }
            try await theatre.wait("the queue buries it") { try await theatre.statistics().dead == 1 }
        }
        #expect(theatre.broker.state.value.deletes.isEmpty)
        #expect(theatre.broker.state.value.burials.isEmpty)
        #expect(!theatre.log.text.contains("secret"))
        #expect(theatre.play.steps.all.isEmpty)
    }

    @Test func `arguments are logged only by jobs that wish it`() async throws {
        let theatre = try Theatre(middleware: .standard)
        try await theatre.enqueue("hush")
        try await theatre.enqueue("shout", as: OpenPlayJob.self)
        try await theatre.perform {
            try await theatre.wait("both are over") { theatre.play.steps.all.count { $0.hasPrefix("onSuccess") } == 2 }
        }
        #expect(theatre.log.text.contains("shout"))
        #expect(!theatre.log.text.contains("hush"))
    }

    @Test func `a middleware may say that a job is not needed, or not yet: it is not run, and has no hook`()
        async throws
    {
        struct Doorkeeper: ExecutionMiddleware {
            func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
                guard context.attempt == 1 else { return await next() }
                return context.name == "play" ? .unneeded : .deferred(.seconds(90))
            }
        }
        let theatre = try Theatre(middleware: [Doorkeeper()])
        let unneeded = try await theatre.enqueue("unneeded")
        let deferred = try await theatre.enqueue("deferred", as: OnlyPlayJob.self)
        try await theatre.perform {
            try await theatre.wait("one is deleted, one released") {
                theatre.broker.state.value.deletes == [unneeded] && theatre.releases == [deferred[0]: .seconds(90)]
            }
            #expect(theatre.play.steps.all.isEmpty)
            try await theatre.wait("it is run after all", step: .seconds(1)) {
                theatre.play.steps.all.last == "onSuccess deferred"
            }
        }
        #expect(theatre.clock.elapsed >= .seconds(90))
        #expect(theatre.play.runs == 1)
    }

    @Test func `a message that could not be settled has no hook, and is delivered again`() async throws {
        let theatre = try Theatre()
        let ids = try await theatre.enqueue("a")
        let lost = SQJobsError(.leaseLost, "Too late.")
        theatre.broker.state.change { $0.refusals[ids[0]] = (lost, 1) }
        try await theatre.perform {
            try await theatre.wait("it is run again", step: .milliseconds(500)) { theatre.play.runs == 2 }
            try await theatre.wait("now it is deleted") { theatre.play.steps.all.last == "onSuccess a" }
        }
        #expect(theatre.play.steps.all.count { $0 == "onSuccess a" } == 1)
        #expect(theatre.log.lines.contains { $0.level == .warning && $0.message.contains("delivered again") })
    }
}
