import Logging
import SQJobsCore
import Synchronization
import Testing

@Suite("Messages that cannot be run")
struct RejectionTests {
    static let bodies = [
        ("", SQJobsError.Code.unreadableMessage), ("not base64 hunter2", .unreadableMessage),
        (#"{"name":"probe","args":"hunter2"}"#, .unreadableMessage),
        (#"{"name":"probe","name":"x"}"#, .unreadableMessage),
        (#"{"name":"other","args":["hunter2"]}"#, .unknownJob),
        (#"{"name":"probe","args":["hunter2"]}"#, .invalidArguments),
        (#"{"name":"probe","args":[NaN,"hunter2"]}"#, .invalidArguments),
        ("{\"name\":\"probe\",\"args\":" + String(repeating: "[", count: 10_000), .unreadableMessage),
    ]

    @Test(
        "2.5: they are released, never deleted, and logged once with the reason but without arguments",
        arguments: bodies)
    func rejected(_ body: String, _ code: SQJobsError.Code) async throws {
        var attempt = Attempt()
        attempt.body = body
        let log = attempt.log
        let (outcome, lease) = await attempt.run(ProbeJob(log))
        #expect(outcome == nil)
        #expect(lease.releaseDelay == .seconds(2))
        #expect(log.events == ["settle release after 2.0 seconds"])
        let line = try #require(attempt.logs.lines.first)
        #expect(attempt.logs.lines.count == 1)
        #expect(line.level == .error && line.message == "message cannot be run")
        #expect(line.metadata["message_id"] == "m-1" && line.metadata["queue"] == "q")
        #expect(line.metadata["receives"] == "1")
        #expect(line.metadata["reason"]?.isEmpty == false)
        #expect(!attempt.logs.text.contains("hunter2"))
    }

    @Test("2.5: the delay grows with the receive count, to a quarter of an hour")
    func growing() async {
        var delays: [Duration?] = []
        for receives in [0, 1, 2, 3, 9, 10, 100, Int.max] {
            var attempt = Attempt()
            attempt.body = "?"
            attempt.receiveCount = receives
            let log = attempt.log
            delays.append(await attempt.run(ProbeJob(log)).lease.releaseDelay)
        }
        #expect(delays == [2, 2, 4, 8, 512, 900, 900, 900].map { Duration.seconds($0) })
    }

    @Test("2.5: an app's middleware is told, and no attempt is counted")
    func middleware() async throws {
        final class Listener: ExecutionMiddleware {
            let heard = Mutex<[SQJobsError.Code]>([])

            func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
                Issue.record("an attempt of a message that cannot be run")
                return await next()
            }

            func unreadable(_ delivery: Delivery, _ error: SQJobsError) async {
                heard.withLock { $0.append(error.code) }
            }
        }
        for (body, code) in Self.bodies {
            let listener = Listener()
            var attempt = Attempt()
            attempt.body = body
            attempt.middleware = [listener]
            let log = attempt.log
            await attempt.run(ProbeJob(log))
            #expect(listener.heard.withLock(\.self) == [code])
        }
    }

    @Test("2.6: arguments are not logged unless the job opts in")
    func arguments() async {
        final class Open: ProbeJob {
            override class var logsParameters: Bool { true }
        }
        for script in [[:], ["run": ProbeError("no seat")], ["run": Discard("x"), "onFailure": ProbeError("y")]]
            as [ProbeJob.Script]
        {
            var attempt = Attempt()
            attempt.body = #"{"name":"probe","args":[31337],"kwargs":{"k":"hunter2"}}"#
            attempt.middleware = .standard
            let log = attempt.log
            await attempt.run(ProbeJob(log, script))
            #expect(!attempt.logs.lines.isEmpty)
            #expect(!attempt.logs.text.contains("31337") && !attempt.logs.text.contains("hunter2"))
            await attempt.run(Open(log, script))
            #expect(attempt.logs.text.contains("31337") && attempt.logs.text.contains("hunter2"))
        }
    }
}
