import Foundation
import SQJobsTesting
import Testing

@testable import SQJobsResults

@Suite("Recording of attempts (rules 2.1, 4.1, 4.3, 4.4)")
struct ExecutionRecordingTests {
    @Test func `a job's way is PENDING, RUNNING with its progress, SUCCESS with its output`() async throws {
        let gate = AsyncGate()
        let stage = try Stage(
            Script { text, context in
                context.progress(0.4, "resizing")
                await gate.pass()
                return "\(text)!"
            })
        let ticket = try await stage.broker.enqueue(ScriptedJob.self, "a")
        #expect(try await stage.results.status(of: ticket.id)?.state == .pending)
        try await stage.perform {
            try await stage.wait("its progress is seen") {
                try await stage.status(ticket.id)?.progress == JobProgress(fraction: 0.4, note: "resizing")
            }
            #expect(try await stage.status(ticket.id)?.state == .running)
            gate.open()
            try await stage.wait(for: ticket.id, .success)
            #expect(try await stage.results.output(of: ticket) == "a!")
            try await stage.waitUntilEmpty()
        }
        #expect(stage.script.steps.all == ["run a 1", "onSuccess a!"])
    }

    @Test func `a finished job that is delivered again is deleted and not run`() async throws {
        let stage = try Stage()
        try await stage.perform {
            try await stage.broker.enqueue(ScriptedJob.self, "a", .id("same"))
            try await stage.wait(for: "same", .success)
            try await stage.broker.enqueue(ScriptedJob.self, "b", .id("same"))
            try await stage.broker.enqueue(ScriptedJob.self, "c", .id("same#2"))
            try await stage.waitUntilEmpty()
        }
        #expect(stage.runs == ["run a 1"])
        #expect(try await stage.status("same")?.output(as: String.self) == "a!")
    }

    @Test func `a job that another worker runs is put off for what is left of its lease`() async throws {
        let stage = try Stage()
        _ = try await stage.store.claim(
            [ClaimRequest(id: try ResultID(of: "a"), name: "scripted", queue: "stage")], lease: .seconds(300))
        try await stage.perform {
            try await stage.broker.enqueue(ScriptedJob.self, "a", .id("a"))
            try await stage.wait("it is put off") { try await stage.statistics().delayed == 1 }
            await stage.pass(.seconds(280), step: .seconds(5))
            #expect(stage.runs.isEmpty)
            try await stage.wait(for: "a", .success)
        }
        #expect(stage.runs == ["run a 2"])
        #expect(stage.store.calls("claim") == 3, "one by the dead worker, one before and one after its lease")
    }

    @Test func `attempts are the runs that started, and a limit of them counts no other receive`() async throws {
        let stage = try Stage(Script { _, _ in throw SoldOut() })
        // Two runs of workers that died; this worker's first receive finds the row held and starts none.
        let request = ClaimRequest(id: try ResultID(of: "a"), name: "thrice", queue: "stage")
        _ = try await stage.store.claim([request], lease: .seconds(20))
        await stage.clock.advance(by: .seconds(21))
        guard case .started(let claim, attempt: 2) = try await stage.store.claim([request], lease: .seconds(20))[0]
        else {
            Issue.record("the second run did not start")
            return
        }
        try await stage.perform {
            try await stage.broker.enqueue(ThriceJob.self, "a", .id("a"))
            try await stage.wait(for: "a", .failure)
        }
        #expect(stage.runs == ["run a 3 last"])
        let status = try #require(try await stage.status("a"))
        #expect(status.attempt == 3)
        #expect(status.error == StoredError(type: "SQJobsResultsTests.SoldOut", message: "none is left"))
        #expect(
            try await stage.store.complete([ResultCompletion(claim: claim, ending: .success(output: nil))]) == [false])
    }

    @Test func `a failed attempt leaves the job PENDING with its error and its next attempt`() async throws {
        let stage = try Stage(Script { _, _ in throw SoldOut() }) { options in
            options.stack = { _ in "main.swift:1" }
        }
        try await stage.perform {
            try await stage.broker.enqueue(ScriptedJob.self, "a", .id("a"))
            try await stage.wait("it failed once") { try await stage.status("a")?.error != nil }
            let status = try #require(try await stage.status("a"))
            #expect(status.state == .pending)
            #expect(status.attempt == 1)
            #expect(status.error?.stack == "main.swift:1")
            #expect(status.nextAttemptAt == status.updatedAt.addingTimeInterval(7))
        }
    }

    @Test func `a job that failed for good is FAILURE, and can be run again by a redelivery`() async throws {
        let succeeds = Noted<Bool>()
        let stage = try Stage(
            Script { text, _ in
                if succeeds.all.isEmpty { throw Discard("no use") }
                return text
            })
        try await stage.perform {
            try await stage.broker.enqueue(ScriptedJob.self, "a", .id("a"))
            try await stage.wait(for: "a", .failure)
            try await stage.wait("its hooks are called") { stage.script.steps.all.contains("onExhausted") }
            #expect(stage.script.steps.all == ["run a 1", "onFailure", "onExhausted"])
            succeeds.note(true)
            try await stage.broker.enqueue(ScriptedJob.self, "a", .id("a"))
            try await stage.wait(for: "a", .success)
        }
        #expect(stage.runs == ["run a 1", "run a 1"])
    }

    @Test func `a job whose row somebody else claimed is cancelled, and its message is left alone`() async throws {
        let gate = AsyncGate()
        let cancelled = Noted<Bool>()
        let stage = try Stage(
            Script { text, _ in
                await gate.pass()
                cancelled.note(Task.isCancelled)
                return text
            },
            settings: QueueSettings(visibility: .seconds(600), maximumReceives: 100))
        try await stage.perform {
            try await stage.broker.enqueue(ScriptedJob.self, "a", .id("a"))
            try await stage.wait("it runs") { gate.waiting == 1 }
            // As if this worker had been stopped for so long that another took the job over.
            try await stage.steal("a")
            await stage.pass(.seconds(31))
            gate.open()
            try await stage.wait("it returns") { !cancelled.all.isEmpty }
            await stage.pass(.seconds(1))
            #expect(try await stage.statistics().inFlight == 1, "the message comes back when its lease ends")
        }
        #expect(cancelled.all == [true])
        #expect(stage.script.steps.all == ["run a 1"], "no hook is called")
        #expect(try await stage.status("a")?.state == .running)
    }

    @Test func `a late result is refused and settles nothing`() async throws {
        let gate = AsyncGate()
        let stage = try Stage(
            Script { text, _ in
                await gate.pass()
                return text
            },
            settings: QueueSettings(visibility: .seconds(600), maximumReceives: 100))
        try await stage.perform {
            try await stage.broker.enqueue(ScriptedJob.self, "late", .id("a"))
            try await stage.wait("it runs") { gate.waiting == 1 }
            let claim = try await stage.steal("a")
            let output = ResultCompletion.Ending.success(output: .init("\"theirs\"".utf8))
            #expect(try await stage.store.complete([ResultCompletion(claim: claim, ending: output)]) == [true])
            gate.open()
            await stage.pass(.seconds(1))
            #expect(try await stage.statistics().inFlight == 1)
        }
        #expect(try await stage.status("a")?.output(as: String.self) == "theirs")
        #expect(stage.script.steps.all == ["run late 1"], "no hook is called")
    }

    @Test func `rows of all running jobs are renewed together, before half of their lease is used up`() async throws {
        let gate = AsyncGate()
        let stage = try Stage(
            Script { text, _ in
                await gate.pass()
                return text
            })
        try await stage.perform {
            for number in 1...5 { try await stage.broker.enqueue(ScriptedJob.self, "\(number)", .id("\(number)")) }
            try await stage.wait("all run") { gate.waiting == 5 }
            for _ in 1...30 {
                await stage.pass(.seconds(3))
                let remaining = try #require(try await stage.status("5")?.leaseRemaining)
                #expect(remaining >= .seconds(15))
            }
            #expect(stage.store.calls("renew") <= 10, "one call for all, every ten seconds")
            gate.open()
            for number in 1...5 { try await stage.wait(for: "\(number)", .success) }
        }
    }

    @Test func `a worker that stops gives its jobs back without counting a failure`() async throws {
        let stage = try Stage(
            Script { text, _ in
                try await JobClock.system.sleep(.seconds(3600))
                return text
            })
        try await stage.perform(shutdownTimeout: .zero) {
            try await stage.broker.enqueue(ScriptedJob.self, "a", .id("a"))
            try await stage.wait(for: "a", .running)
        }
        let status = try #require(try await stage.status("a"))
        #expect(status.state == .pending)
        #expect(status.error == nil)
        #expect(try await stage.statistics().waiting == 1)
        #expect(stage.script.steps.all == ["run a 1"])
    }

    @Test func `a time-out is a failure like any other`() async throws {
        let stage = try Stage(
            Script { text, context in
                while !Task.isCancelled { try? await JobClock.system.sleep(.milliseconds(1)) }
                try Task.checkCancellation()
                return text
            })
        try await stage.perform {
            try await stage.broker.enqueue(ShortJob.self, "a", .id("a"))
            try await stage.wait("it failed") { try await stage.status("a")?.error != nil }
            #expect(try await stage.status("a")?.error?.message.contains("ran into its time-out") == true)
            #expect(try await stage.status("a")?.state == .pending)
        }
    }

    @Test func `of a job without an output to keep there is the state`() async throws {
        let stage = try Stage()
        let state = try await stage.broker.enqueue(StateJob.self, "abc")
        let output = try await stage.broker.enqueue(OutputJob.self, "abc")
        let plain = try await stage.broker.enqueue(PlainJob.self, "abc")
        try await stage.perform { try await stage.waitUntilEmpty() }
        #expect(try await stage.status(state.id)?.state == .success)
        #expect(try await stage.status(state.id)?.output == nil)
        #expect(try await stage.results.output(of: output) == ["abc": 3])
        #expect(try await stage.status(plain.id) == nil)
    }

    @Test func `an output that is no JSON is a failure for good, with a sentence`() async throws {
        let stage = try Stage()
        let ticket = try await stage.broker.enqueue(EndlessJob.self, "a")
        try await stage.perform { try await stage.wait(for: ticket.id, .failure) }
        let message = try #require(try await stage.status(ticket.id)?.error?.message)
        #expect(message.hasPrefix("The output of the job “endless” cannot be written as JSON"))
    }

    @Test func `an output that the store refuses is a failure for good, and spoils no other`() async throws {
        let gate = AsyncGate()
        let stage = try Stage(
            Script { text, _ in
                await gate.pass()
                return text
            })
        stage.store.change { $0.refusedOutputs = ["\"bad\""] }
        try await stage.perform {
            for text in ["good", "bad", "fine"] { try await stage.broker.enqueue(ScriptedJob.self, text, .id(text)) }
            try await stage.wait("all run") { gate.waiting == 3 }
            gate.open()
            try await stage.wait(for: "good", .success)
            try await stage.wait(for: "fine", .success)
            try await stage.wait(for: "bad", .failure)
        }
        #expect(try await stage.status("bad")?.error?.message == "The output is too large.")
    }

    @Test func `a message whose id cannot be kept is put off, not lost and not run`() async throws {
        let stage = try Stage()
        let body = try MessageCodec.encode(
            JobMessage(id: "a\0", name: "scripted", arguments: try JobArguments(args: ["a"])))
        _ = try await stage.broker.send([OutgoingMessage(body: body)], to: "stage")
        try await stage.perform {
            try await stage.wait("it is put off") { try await stage.statistics().delayed == 1 }
        }
        #expect(stage.runs.isEmpty)
    }

    @Test func `arguments and errors of a job are kept as its options say`() async throws {
        let stage = try Stage(Script { _, _ in throw Discard("no use") }) { $0.keepsArguments = true }
        let body = try MessageCodec.encode(
            JobMessage(id: "foreign", name: "scripted", arguments: try JobArguments(args: ["a"])))
        _ = try await stage.broker.send([OutgoingMessage(body: body)], to: "stage")
        try await stage.perform { try await stage.wait(for: "foreign", .failure) }
        let job = try #require(try await stage.store.rerunnable(try ResultID(of: "foreign")))
        #expect(try job.arguments.positional() == ["a"])
        #expect(try await stage.status("foreign")?.error?.stack == nil)
    }

    @Test func `reports that follow one another closely are written a few times a second`() async throws {
        let gate = AsyncGate()
        let stage = try Stage(
            Script { text, context in
                for step in 1...1000 { context.progress(Double(step) / 1000) }
                await gate.pass()
                return text
            })
        try await stage.perform {
            try await stage.broker.enqueue(ScriptedJob.self, "a", .id("a"))
            try await stage.wait("the last report is written") { try await stage.status("a")?.progress?.fraction == 1 }
            #expect(stage.store.calls("report") <= 3)
            gate.open()
            try await stage.wait(for: "a", .success)
        }
    }
}

extension Stage {
    /// Claims a row whoever holds it, as a worker does after the lease ended.
    @discardableResult
    func steal(_ id: String) async throws -> ResultClaim {
        // The holder's renewals are kept away by the store being gone for a while.
        store.switchOff()
        await pass(options.lease + .seconds(1))
        let answers = try await store.memory.claim(
            [ClaimRequest(id: try ResultID(of: id), name: "scripted", queue: "stage")], lease: .seconds(3600))
        store.switchOn()
        guard case .started(let claim, _) = answers[0] else {
            throw SQJobsError(.storeRefused, "\(id) could not be stolen: \(answers[0])")
        }
        return claim
    }
}
