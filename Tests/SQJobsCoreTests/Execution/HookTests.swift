import Logging
import SQJobsCore
import Testing

@Suite("The order of one attempt")
struct HookTests {
    @Test("2.2: setUp, run, tearDown, settle, then the outcome's hook")
    func success() async throws {
        let attempt = Attempt()
        let log = attempt.log
        let (outcome, _) = await attempt.run(ProbeJob(log))
        #expect(
            log.events == ["setUp [1, 2, 3]", "run [1, 2, 3]", "tearDown [1, 2, 3]", "settle delete", "onSuccess 6"])
        guard case .success(let output)? = outcome else {
            Issue.record("\(String(describing: outcome))")
            return
        }
        #expect(output as? Int == 6)
    }

    @Test("2.2: tearDown runs when run threw, and run's error counts")
    func runThrows() async {
        let attempt = Attempt()
        let log = attempt.log
        let (outcome, _) = await attempt.run(ProbeJob(log, ["run": ProbeError("no seat")]))
        #expect(log.events.prefix(3) == ["setUp [1, 2, 3]", "run [1, 2, 3]", "tearDown [1, 2, 3]"])
        #expect(log.events.dropFirst(3).first?.hasPrefix("settle release") == true)
        #expect(log.events.dropFirst(4) == ["onFailure no seat"])
        #expect(outcome?.error as? ProbeError == ProbeError("no seat"))
    }

    @Test("2.2: tearDown does not run when setUp threw")
    func setUpThrows() async {
        let attempt = Attempt()
        let log = attempt.log
        await attempt.run(ProbeJob(log, ["setUp": ProbeError("no database")]))
        #expect(log.events.count == 3)
        #expect(log.events.first == "setUp [1, 2, 3]" && log.events.last == "onFailure no database")
    }

    @Test("2.2: if run and tearDown throw, run's error counts and the other is logged")
    func bothThrow() async {
        let attempt = Attempt()
        let log = attempt.log
        await attempt.run(ProbeJob(log, ["run": ProbeError("no seat"), "tearDown": ProbeError("no broom")]))
        #expect(log.events.last == "onFailure no seat")
        #expect(attempt.logs.lines.map(\.message) == ["tearDown failed after run did"])
        #expect(attempt.logs.lines.first?.level == .error)
        #expect(attempt.logs.lines.first?.metadata["error"] == "no broom")
        #expect(attempt.logs.lines.first?.metadata["job_id"] == "job-1")
    }

    @Test("2.2: a tearDown that throws fails an attempt whose run did not")
    func tearDownThrows() async {
        let attempt = Attempt()
        let log = attempt.log
        await attempt.run(ProbeJob(log, ["tearDown": ProbeError("no broom")]))
        #expect(log.events.last == "onFailure no broom")
        #expect(!log.events.contains("settle delete"))
    }

    @Test(
        "2.2: an error inside a hook is only logged", arguments: ["onSuccess", "onFailure", "onRetry", "onExhausted"])
    func hookThrows(_ hook: String) async {
        let attempt = Attempt()
        let log = attempt.log
        let run: (any Error)? =
            switch hook {
            case "onSuccess": nil
            case "onRetry": Retry()
            case "onFailure": ProbeError("no seat")
            default: Discard("sold out")
            }
        var script: ProbeJob.Script = [hook: ProbeError("the hook's own")]
        script["run"] = run
        let fixed = script
        let (outcome, lease) = await attempt.run(ProbeJob(log, fixed))
        #expect(log.events.filter { $0.hasPrefix(hook) }.count == 1)
        #expect(attempt.logs.lines.map(\.message) == ["\(hook) failed"])
        #expect(attempt.logs.lines.first?.metadata["error"] == "the hook's own")
        #expect(lease.settlement != nil)
        #expect((outcome?.error as? ProbeError)?.description != "the hook's own")
    }

    @Test("2.2: onExhausted is called also when onFailure throws")
    func failingFailureHook() async {
        let attempt = Attempt()
        let log = attempt.log
        await attempt.run(ProbeJob(log, ["run": Discard("sold out"), "onFailure": ProbeError("oh")]))
        #expect(log.events.suffix(2) == ["onFailure discarded: sold out", "onExhausted discarded: sold out"])
    }

    @Test("2.2: no hook is called when the message could not be settled, for another attempt will come")
    func unsettled() async {
        for script in [[:], ["run": ProbeError("no seat")], ["run": Discard("sold out")]] as [ProbeJob.Script] {
            let attempt = Attempt()
            let log = attempt.log
            await attempt.run(ProbeJob(log, script), lease: ScriptedLease(log, settles: false))
            #expect(log.events.last?.hasPrefix("settle") == true)
        }
    }

    @Test("a job that does not override run fails with an error that says so")
    func withoutRun() async {
        final class Lazy: Job<NoParameters, Void> {}
        var attempt = Attempt()
        attempt.body = #"{"name":"Lazy"}"#
        let (outcome, _) = await attempt.run(Lazy())
        let error = outcome?.error as? SQJobsError
        #expect(error?.code == .jobWithoutRun && error?.job == "Lazy")
        #expect(error?.message.contains("override run(_:) in Lazy") == true)
    }

    @Test("one instance runs one message")
    func instances() async {
        let attempt = Attempt()
        let log = attempt.log
        @Sendable func make() -> ProbeJob {
            log.add("made")
            return ProbeJob(log)
        }
        await attempt.run(make())
        await attempt.run(make())
        #expect(log.events.filter { $0 == "made" }.count == 2)
    }
}
