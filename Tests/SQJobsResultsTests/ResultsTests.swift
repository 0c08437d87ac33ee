import SQJobsTesting
import Testing

@testable import SQJobsResults

@Suite("What the code sees that enqueued a job")
struct ResultsTests {
    @Test(arguments: [true, false])
    func `waiting for an output ends when the job does, with notices and without`(_ hasNotices: Bool) async throws {
        let stage = try Stage()
        stage.store.change { $0.hasNotices = hasNotices }
        let ticket = try await stage.broker.enqueue(ScriptedJob.self, "a")
        let output = Task { try await stage.results.output(of: ticket, timeout: .seconds(600)) }
        try await stage.wait("somebody looks") { stage.store.calls("statuses") >= 1 }
        await stage.pass(.seconds(5))
        try await stage.perform { try await stage.wait(for: ticket.id, .success) }
        let end = stage.clock.elapsed
        let isOver = Noted<String>()
        Task { isOver.note(try await output.value) }
        try await stage.wait("the output is seen") { !isOver.all.isEmpty }
        #expect(isOver.all == ["a!"])
        #expect(stage.clock.elapsed - end <= .seconds(2))
    }

    @Test func `a notice is heard at once`() async throws {
        let stage = try Stage()
        let ticket = try await stage.broker.enqueue(ScriptedJob.self, "a")
        let output = Task { try await stage.results.output(of: ticket, timeout: .seconds(600)) }
        try await stage.wait("somebody looks", step: .zero) { stage.store.calls("statuses") >= 1 }
        let answers = try await stage.store.claim(
            [ClaimRequest(id: try ResultID(of: ticket.id), name: "scripted", queue: "stage")], lease: .seconds(60))
        guard case .started(let claim, _) = answers[0] else {
            Issue.record("the claim was not granted")
            return
        }
        let ending = ResultCompletion.Ending.success(output: .init("\"a!\"".utf8))
        _ = try await stage.store.complete([ResultCompletion(claim: claim, ending: ending)])
        #expect(try await output.value == "a!", "though no time goes by")
        #expect(stage.clock.elapsed == .zero)
    }

    @Test func `polling asks less and less often`() async throws {
        let stage = try Stage()
        stage.store.change { $0.hasNotices = false }
        let ticket = try await stage.broker.enqueue(ScriptedJob.self, "a")
        let output = Task { try await stage.results.output(of: ticket, timeout: .seconds(60)) }
        await stage.pass(.seconds(61), step: .milliseconds(100))
        let error = await #expect(throws: SQJobsError.self) { try await output.value }
        #expect(error?.code == .timedOut)
        #expect(error?.message.contains("is PENDING after 60.0 seconds") == true)
        #expect((40...90).contains(stage.store.calls("statuses")), "\(stage.store.calls("statuses"))")
    }

    @Test func `waiting for a job that failed throws what failed it`() async throws {
        let stage = try Stage(Script { _, _ in throw Discard("no use") })
        let ticket = try await stage.broker.enqueue(ScriptedJob.self, "a")
        try await stage.perform { try await stage.wait(for: ticket.id, .failure) }
        let error = await #expect(throws: SQJobsError.self) { try await stage.results.output(of: ticket) }
        #expect(error?.code == .jobFailed)
        #expect((error?.underlying as? StoredError)?.type == "SQJobsCore.Discard")
    }

    @Test func `waiting for a job that nobody knows ends with its time-out`() async throws {
        let stage = try Stage()
        let waiting = Task { try await stage.results.waitUntilFinished("unknown", timeout: .seconds(3)) }
        await stage.pass(.seconds(4))
        let error = await #expect(throws: SQJobsError.self) { try await waiting.value }
        #expect(error?.code == .resultUnknown)
    }

    @Test func `waiting that is cancelled says so`() async throws {
        let stage = try Stage()
        let ticket = try await stage.broker.enqueue(ScriptedJob.self, "a")
        let waiting = Task { try await stage.results.output(of: ticket, timeout: .seconds(600)) }
        try await stage.wait("somebody looks") { stage.store.calls("statuses") >= 1 }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }

    @Test func `an output of another type, or of a job that has none yet, is an error`() async throws {
        let stage = try Stage()
        let ticket = try await stage.broker.enqueue(ScriptedJob.self, "a")
        let before = try #require(try await stage.results.status(of: ticket.id))
        #expect(throws: SQJobsError.self) { try before.output(as: String.self) }
        try await stage.perform { try await stage.wait(for: ticket.id, .success) }
        let after = try #require(try await stage.results.status(of: ticket.id))
        #expect(throws: DecodingError.self) { try after.output(as: Int.self) }
        #expect(try after.output(as: String.self) == "a!")
    }

    @Test func `a job that failed is run again with its id and its arguments`() async throws {
        let succeeds = Noted<Bool>()
        let stage = try Stage(
            Script { text, _ in
                if succeeds.all.isEmpty { throw Discard("no use") }
                return "\(text)!"
            }
        ) { $0.keepsArguments = true }
        let ticket = try await stage.broker.enqueue(ScriptedJob.self, "a")
        try await stage.perform {
            try await stage.wait(for: ticket.id, .failure)
            succeeds.note(true)
            let again = try await stage.results.rerun(ticket.id, on: stage.broker)
            #expect(again.id == ticket.id)
            try await stage.wait(for: ticket.id, .success)
        }
        #expect(try await stage.results.output(of: ticket) == "a!")
        #expect(stage.runs == ["run a 1", "run a 1"])
    }

    @Test func `running a job again waits as PENDING, with a fresh deduplication id`() async throws {
        let stage = try Stage(Script { _, _ in throw Discard("no use") }) { $0.keepsArguments = true }
        let ticket = try await stage.broker.enqueue(ScriptedJob.self, "a")
        try await stage.perform { try await stage.wait(for: ticket.id, .failure) }
        let recorder = RecordingBroker(clock: stage.clock.jobClock) { _ in
            .likeAmazonSQS(QueueSettings(isOrdered: true))
        }
        try await stage.results.rerun(ticket.id, on: recorder)
        #expect(try await stage.status(ticket.id)?.state == .pending)
        let sent = try recorder.enqueued(ScriptedJob.self)
        #expect(sent.map(\.parameters) == ["a"])
        #expect(sent.map(\.id) == [ticket.id])
        #expect(sent.allSatisfy { $0.deduplicationID != nil && $0.deduplicationID != ticket.id })
    }

    @Test func `a job that cannot be run again says why`() async throws {
        let stage = try Stage(
            Script { text, _ in
                if text == "bad" { throw Discard("no use") }
                return text
            })
        let bad = try await stage.broker.enqueue(ScriptedJob.self, "bad")
        let good = try await stage.broker.enqueue(ScriptedJob.self, "good")
        try await stage.perform {
            try await stage.wait(for: bad.id, .failure)
            try await stage.wait(for: good.id, .success)
        }
        for (id, code, words) in [
            (bad.id, SQJobsError.Code.cannotRerun, "are not kept"), (good.id, .cannotRerun, "is SUCCESS"),
            ("unknown", .resultUnknown, "knows no job"),
        ] {
            let error = await #expect(throws: SQJobsError.self) { try await stage.results.rerun(id, on: stage.broker) }
            #expect(error?.code == code)
            #expect(error?.message.contains(words) == true)
        }
        #expect(try await stage.statistics().isEmpty)
    }

    @Test func `a rerun that the broker refuses leaves the job FAILURE`() async throws {
        let stage = try Stage(Script { _, _ in throw Discard("no use") }) { $0.keepsArguments = true }
        let ticket = try await stage.broker.enqueue(ScriptedJob.self, "a")
        try await stage.perform { try await stage.wait(for: ticket.id, .failure) }
        let elsewhere = try InMemoryBroker("elsewhere", clock: stage.clock.jobClock)
        await #expect(throws: SQJobsError.self) { try await stage.results.rerun(ticket.id, on: elsewhere) }
        #expect(try await stage.status(ticket.id)?.state == .failure)
    }

    @Test func `a worker prunes what is older than it is kept, a bounded step at a time (rule 4_5)`() async throws {
        let stage = try Stage { $0.retention = ResultRetention(finished: .seconds(3600), unknown: .seconds(7200)) }
        let old = (1...2500).map { "old-\($0)" }
        let answers = try await stage.store.claim(
            try old.map { ClaimRequest(id: try ResultID(of: $0), name: "scripted", queue: "stage") },
            lease: .seconds(60))
        let completions = answers.compactMap { answer -> ResultCompletion? in
            guard case .started(let claim, _) = answer else { return nil }
            return ResultCompletion(claim: claim, ending: .success(output: nil))
        }
        _ = try await stage.store.complete(completions)
        await stage.clock.advance(by: .seconds(4000))
        try await stage.perform {
            try await stage.broker.enqueue(ScriptedJob.self, "early", .id("early"))
            await stage.pass(.seconds(61), step: .seconds(1))
            try await stage.broker.enqueue(ScriptedJob.self, "new", .id("new"))
            try await stage.wait("all steps are done") { try await stage.results.list(limit: 1000).statuses.count == 2 }
        }
        #expect(stage.store.calls("prune") >= 3)
    }

    @Test func `pruning by hand removes everything that is too old`() async throws {
        let stage = try Stage()
        for number in 1...5 { try await stage.broker.enqueue(ScriptedJob.self, "\(number)") }
        try await stage.perform { try await stage.waitUntilEmpty() }
        await stage.clock.advance(by: .seconds(10))
        #expect(try await stage.results.prune(ResultRetention(finished: .seconds(60))) == 0)
        #expect(try await stage.results.prune(ResultRetention(finished: .seconds(5))) == 5)
    }
}
