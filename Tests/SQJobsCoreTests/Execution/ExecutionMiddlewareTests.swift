import Foundation
import Logging
import SQJobsCore
import SQJobsTesting
import Synchronization
import Testing

@Suite("Middleware of execution")
struct ExecutionMiddlewareTests {
    struct Step: ExecutionMiddleware {
        let body: @Sendable (JobContext, () async -> JobOutcome) async -> JobOutcome

        func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
            await body(context, next)
        }
    }

    @Test("the first is the outermost; all see the outcome before the message is settled and the hook is called")
    func order() async {
        var attempt = Attempt()
        let log = attempt.log
        attempt.middleware = ["a", "b"].map { name in
            Step { context, next in
                log.add("\(name) \(context.name) \(context.id)")
                let outcome = await next()
                log.add("\(name) \(outcome.label)")
                return outcome
            }
        }
        await attempt.run(ProbeJob(log))
        #expect(log.events.prefix(2) == ["a probe job-1", "b probe job-1"])
        #expect(log.events.suffix(4) == ["b success", "a success", "settle delete", "onSuccess 6"])
    }

    @Test("a job that need not run is deleted without a hook, one that must not run yet is released")
    func withoutRunning() async {
        var attempt = Attempt()
        let log = attempt.log
        attempt.middleware = [Step { _, _ in .unneeded }]
        await attempt.run(ProbeJob(log))
        attempt.middleware = [Step { _, _ in .deferred(.seconds(40)) }]
        await attempt.run(ProbeJob(log))
        #expect(log.events == ["settle delete", "settle release after 40.0 seconds"])
    }

    @Test("what a middleware makes of an outcome decides")
    func changed() async {
        var attempt = Attempt()
        let log = attempt.log
        attempt.middleware = [
            Step { _, next in
                _ = await next()
                return .exhausted(ProbeError("the store says no"))
            }
        ]
        await attempt.run(ProbeJob(log))
        let reason = "the store says no"
        #expect(log.events.suffix(3) == ["settle bury", "onFailure \(reason)", "onExhausted \(reason)"])
    }

    @Test("error reporting hears of every failed attempt and every message that cannot be run")
    func reporting() async {
        let log = EventLog()
        let reporting = ErrorReporting { report in
            log.add(
                "\(report.job ?? "?") \(report.id) \(report.queue) \(report.attempt) \(report.isFinal) \(report.error)")
        }
        func attempt(_ script: ProbeJob.Script, receives: Int = 1, body: String? = nil) async {
            var attempt = Attempt()
            attempt.middleware = [reporting]
            attempt.receiveCount = receives
            if let body { attempt.body = body }
            let inner = attempt.log
            await attempt.run(ProbeJob(inner, script))
        }
        await attempt([:])
        await attempt(["run": Retry()])
        await attempt(["run": ProbeError("no seat")], receives: 2)
        await attempt(["run": Discard("sold out")], receives: 3)
        await attempt([:], receives: 4, body: "?")
        #expect(log.events.count == 3)
        #expect(log.events.first == "probe job-1 q 2 false no seat")
        #expect(log.events.dropFirst().first == "probe job-1 q 3 true discarded: sold out")
        #expect(log.events.last?.hasPrefix("? m-1 q 4 false The message's body cannot be read") == true)
    }

    @Test("an attempt is one log line: its outcome, how long it took, and the error")
    func logging() async throws {
        let cases: [(ProbeJob.Script, String, String)] = [
            ([:], "info", "job success"), (["run": Retry(after: .seconds(30))], "notice", "job retry"),
            (["run": ProbeError("no seat")], "warning", "job failure"),
            (["run": Discard("sold out")], "error", "job exhausted"),
        ]
        for (script, level, message) in cases {
            var attempt = Attempt()
            let (log, clock) = (attempt.log, attempt.clock)
            attempt.middleware = [
                ExecutionLogging(clock: clock.jobClock),
                Step { _, next in
                    await clock.advance(by: .milliseconds(125))
                    return await next()
                },
            ]
            await attempt.run(ProbeJob(log, script))
            let line = try #require(attempt.logs.lines.first)
            #expect(attempt.logs.lines.count == 1)
            #expect("\(line.level)" == level && line.message == message)
            #expect(line.metadata["took"] == "125 ms")
            #expect(line.metadata["job_id"] == "job-1" && line.metadata["job"] == "probe")
            #expect(line.metadata["queue"] == "q" && line.metadata["attempt"] == "1")
            #expect((line.metadata["error"] != nil) == (script["run"].map { !($0 is Retry) } ?? false))
        }
    }

    @Test("the context says what travelled beside the body and when the job was enqueued")
    func context() async throws {
        var attempt = Attempt()
        let log = attempt.log
        attempt.attributes = ["tenant": "north"]
        attempt.middleware = [
            Step { context, next in
                log.add("\(context.attributes) \(context.enqueuedAt?.timeIntervalSince1970 ?? -1)")
                return await next()
            }
        ]
        await attempt.run(ProbeJob(log))
        #expect(log.events.first == "\(["tenant": "north"]) \(attempt.clock.now.timeIntervalSince1970)")
    }

    @Test("tracing, metrics and a log line are there unless an app takes them away")
    func standard() {
        let types = [any ExecutionMiddleware].standard.map { "\(type(of: $0))" }
        #expect(types == ["ExecutionTracing", "ExecutionMetrics", "ExecutionLogging"])
    }
}
