import Foundation
import SQJobsCore
import SQJobsTesting
import Testing

@Suite("Attempts that the worker cancels")
struct CancellationTests {
    final class Limited: ProbeJob {
        override class var timeout: Duration? { .seconds(20) }
        override class var retryPolicy: RetryPolicy { .constant(.seconds(7)) }
    }

    let cancelled: ProbeJob.Script = ["run": CancellationError()]

    @Test("2.11: a time-out is a failure, with an error that says so")
    func timeout() async {
        let attempt = Attempt()
        let log = attempt.log
        let (outcome, lease) = await attempt.run(
            Limited(log, cancelled), lease: ScriptedLease(log, cancellation: .timeout))
        #expect(log.events.first == "cancel after 20.0 seconds")
        #expect(lease.releaseDelay == .seconds(7))
        #expect(log.events.last?.hasPrefix("onFailure The job “probe” ran into its time-out of 20.0 seconds.") == true)
        #expect((outcome?.error as? SQJobsError)?.code == .timedOut)
    }

    @Test("2.11: a time-out of the last attempt is final")
    func lastTimeout() async {
        var attempt = Attempt()
        attempt.capabilities.maximumReceives = 1
        let log = attempt.log
        await attempt.run(Limited(log, cancelled), lease: ScriptedLease(log, cancellation: .timeout))
        #expect(log.events.contains("settle bury"))
        #expect(log.events.last?.hasPrefix("onExhausted") == true)
    }

    @Test("2.11: a lost lease settles nothing and calls no hook")
    func lostLease() async {
        let attempt = Attempt()
        let log = attempt.log
        await attempt.run(ProbeJob(log, cancelled), lease: ScriptedLease(log, cancellation: .leaseLost))
        #expect(log.events == ["setUp [1, 2, 3]", "run [1, 2, 3]", "tearDown [1, 2, 3]", "settle leave"])
    }

    @Test("2.11: a shutdown releases at once and calls no hook, also at the last attempt")
    func shutdown() async {
        for limit in [nil, 1] {
            var attempt = Attempt()
            attempt.capabilities.maximumReceives = limit
            let log = attempt.log
            await attempt.run(ProbeJob(log, cancelled), lease: ScriptedLease(log, cancellation: .shutdown))
            #expect(log.events.suffix(2) == ["tearDown [1, 2, 3]", "settle release after 0.0 seconds"])
        }
    }

    @Test(
        "2.11: a value that is returned after a cancellation is a success",
        arguments: [CancellationReason.timeout, .shutdown, .leaseLost])
    func valueAfterwards(_ reason: CancellationReason) async {
        let attempt = Attempt()
        let log = attempt.log
        await attempt.run(ProbeJob(log), lease: ScriptedLease(log, cancellation: reason))
        #expect(log.events.suffix(2) == ["settle delete", "onSuccess 6"])
    }

    @Test("a job that throws CancellationError by itself has failed")
    func ownCancellation() async {
        let attempt = Attempt()
        let log = attempt.log
        let (outcome, _) = await attempt.run(ProbeJob(log, cancelled))
        #expect(outcome?.label == "failure")
    }

    @Test("the context knows the deadline, and a job without a time-out has none")
    func deadline() async {
        final class Asking: Job<[Int], Void> {
            let answer: EventLog

            init(_ answer: EventLog) {
                self.answer = answer
            }

            override class var name: String { "probe" }
            override class var timeout: Duration? { .seconds(20) }

            override func run(_ parameters: [Int]) async throws {
                answer.add("\(context.deadline?.timeIntervalSince1970 ?? -1)")
                try await context.extendLease(by: .seconds(90))
            }
        }
        let attempt = Attempt()
        let log = attempt.log
        await attempt.run(Asking(log))
        #expect(log.events.contains("\(attempt.clock.now.timeIntervalSince1970 + 20)"))
        #expect(log.events.contains("extend by 90.0 seconds"))
        let other = Attempt()
        let otherLog = other.log
        await other.run(ProbeJob(otherLog))
        #expect(!otherLog.events.contains { $0.hasPrefix("cancel after") })
    }
}
