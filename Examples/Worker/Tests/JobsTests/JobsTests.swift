import Foundation
import Jobs
import SQJobsEager
import SQJobsPeriodic
import Testing

@Suite("The example's jobs, run in place")
struct JobsTests {
    private let broker = EagerBroker { JobRegistry.jobs }

    @Test func adderAdds() async throws {
        #expect(try await broker.enqueue(AdderJob.self, [1, 2, 3, 4]).output == 10)
    }

    @Test func greetingHasADefault() async throws {
        #expect(try await broker.enqueue(GreetingJob.self, .init(name: "Ada")).output == "Hello, Ada!")
    }

    @Test func retryingSucceedsAtTheSecondAttempt() async throws {
        #expect(try await broker.enqueue(RetryingJob.self).output == 2)
    }

    @Test func failingFailsForGood() async throws {
        await #expect(throws: FailingJob.PrinterOnFire.self) {
            try await broker.enqueue(FailingJob.self)
        }
    }

    @Test func reportAddsUp() async throws {
        #expect(try await broker.enqueue(ReportJob.self, .init(days: 2)).output == .init(days: 2, total: 2_075))
    }

    @Test func reportOfNoDaysIsDiscarded() async throws {
        await #expect(throws: Discard.self) {
            try await broker.enqueue(ReportJob.self, .init(days: 0))
        }
    }

    @Test func heartbeatRunsForAnyTick() async throws {
        try await broker.enqueue(HeartbeatJob.self, Tick(scheduledAt: Date(timeIntervalSince1970: 0)))
    }
}
