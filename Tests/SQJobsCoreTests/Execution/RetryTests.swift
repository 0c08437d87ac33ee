import SQJobsCore
import Testing

@Suite("What follows a failed attempt")
struct RetryTests {
    final class Constant: ProbeJob {
        override class var retryPolicy: RetryPolicy { .constant(.seconds(7)) }
    }

    final class ByQueue: ProbeJob {
        override class var retryPolicy: RetryPolicy { .queueDefault }
    }

    final class Never: ProbeJob {
        override class var retryPolicy: RetryPolicy { .never }
    }

    final class Thrice: ProbeJob {
        override class var maximumAttempts: Int? { 3 }
    }

    let failure: ProbeJob.Script = ["run": ProbeError("no seat")]

    @Test("2.3: Retry(after:) releases with that delay and calls onRetry, not onFailure")
    func retry() async {
        let attempt = Attempt()
        let log = attempt.log
        let (outcome, _) = await attempt.run(ProbeJob(log, ["run": Retry(after: .seconds(30))]))
        #expect(log.events.suffix(2) == ["settle release after 30.0 seconds", "onRetry"])
        #expect(!log.events.contains { $0.hasPrefix("onFailure") })
        #expect(outcome?.label == "retry" && outcome?.error == nil)
    }

    @Test("2.3: Retry without a delay follows the job's policy, and less than no delay is none")
    func retryByPolicy() async {
        let attempt = Attempt()
        let log = attempt.log
        #expect(await attempt.run(Constant(log, ["run": Retry()])).lease.releaseDelay == .seconds(7))
        #expect(await attempt.run(ProbeJob(log, ["run": Retry(after: .seconds(-5))])).lease.releaseDelay == .zero)
    }

    @Test("2.3: Retry counts as an attempt: the last one is exhausted")
    func lastRetry() async {
        var attempt = Attempt()
        attempt.receiveCount = 3
        let log = attempt.log
        await attempt.run(Thrice(log, ["run": Retry(after: .seconds(30))]))
        #expect(log.events.contains("settle bury"))
        #expect(log.events.suffix(2).map { $0.prefix(while: { $0 != " " }) } == ["onFailure", "onExhausted"])
    }

    @Test("2.3: any other error releases with the policy's delay for that attempt and calls onFailure")
    func failed() async throws {
        for (receives, longest) in [(1, 15.0), (2, 30), (5, 240), (20, 3600)] {
            var attempt = Attempt()
            attempt.receiveCount = receives
            let log = attempt.log
            let (outcome, lease) = await attempt.run(ProbeJob(log, failure))
            let seconds = try #require(lease.releaseDelay) / .seconds(1)
            #expect((longest * 0.75...longest).contains(seconds))
            #expect(log.events.last == "onFailure no seat")
            #expect(outcome?.label == "failure")
        }
    }

    @Test("2.3: the constant policy, the queue's own and none")
    func policies() async {
        let attempt = Attempt()
        let log = attempt.log
        #expect(await attempt.run(Constant(log, failure)).lease.releaseDelay == .seconds(7))
        await attempt.run(ByQueue(log, failure))
        #expect(log.events.suffix(2) == ["settle release by the queue's default", "onFailure no seat"])
        await attempt.run(Never(log, failure))
        #expect(log.events.suffix(3) == ["settle bury", "onFailure no seat", "onExhausted no seat"])
    }

    @Test("2.3: without a maximum of its own a job follows its queue's")
    func queueRules() async {
        for (capabilities, last) in [
            (QueueCapabilities(), Int.max), (QueueCapabilities(maximumReceives: 4), 4),
            (QueueCapabilities(defaultMaximumAttempts: 25), 25),
        ] {
            for receives in [1, 3, 4, 24, 25] {
                var attempt = Attempt()
                attempt.capabilities = capabilities
                attempt.receiveCount = receives
                let log = attempt.log
                let (outcome, _) = await attempt.run(ProbeJob(log, failure))
                #expect(outcome?.label == (receives >= last ? "exhausted" : "failure"), "\(receives) of \(last)")
            }
        }
    }

    @Test("2.3: the job knows whether it is its last attempt")
    func knowsLast() async {
        final class Curious: Job<[Int], Void> {
            let log: EventLog

            init(_ log: EventLog) {
                self.log = log
            }

            override class var name: String { "probe" }
            override class var maximumAttempts: Int? { 2 }

            override func run(_ parameters: [Int]) async throws {
                log.add("\(context.attempt) \(context.isLastAttempt)")
            }
        }
        let log = EventLog()
        for receives in 1...3 {
            var attempt = Attempt()
            attempt.receiveCount = receives
            await attempt.run(Curious(log))
        }
        #expect(log.events == ["1 false", "2 true", "3 true"])
    }

    @Test("2.4: exhausted: the message is buried with the reason, then onFailure, then onExhausted")
    func exhausted() async {
        var attempt = Attempt()
        attempt.receiveCount = 3
        let log = attempt.log
        let (outcome, lease) = await attempt.run(Thrice(log, failure))
        #expect(log.events.suffix(3) == ["settle bury", "onFailure no seat", "onExhausted no seat"])
        #expect(outcome?.label == "exhausted")
        guard case .bury(let reason)? = lease.settlement else {
            Issue.record("\(String(describing: lease.settlement))")
            return
        }
        #expect(reason == "no seat")
    }

    @Test("2.4: Discard is final at the first attempt")
    func discarded() async {
        let attempt = Attempt()
        let log = attempt.log
        await attempt.run(ProbeJob(log, ["run": Discard("The order was cancelled.")]))
        let reason = "discarded: The order was cancelled."
        #expect(log.events.suffix(3) == ["settle bury", "onFailure \(reason)", "onExhausted \(reason)"])
    }

    @Test("2.4: a reason is cut to what fits beside a message")
    func longReason() async {
        let attempt = Attempt()
        let log = attempt.log
        let (_, lease) = await attempt.run(ProbeJob(log, ["run": Discard(String(repeating: "x", count: 5000))]))
        guard case .bury(let reason)? = lease.settlement else {
            Issue.record("\(String(describing: lease.settlement))")
            return
        }
        #expect(reason.count == 1000)
    }
}
