import SQJobsCore
import Testing

@Suite("Retry policies")
struct RetryPolicyTests {
    func seconds(_ policy: RetryPolicy, _ attempt: Int, chance: Double = 0) throws -> Double {
        guard case .after(let delay)? = policy.delay(afterAttempt: attempt, chance: chance) else {
            throw SQJobsError(.unsupported, "The policy gives no time.")
        }
        return delay / .seconds(1)
    }

    @Test("2.3: the default doubles from 15 seconds to an hour")
    func standard() throws {
        let delays = try (1...11).map { try seconds(.exponential(), $0) }
        #expect(delays == [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600])
    }

    @Test("2.3: chance takes off a quarter at most, so that jobs that failed together come back apart")
    func jitter() throws {
        #expect(try seconds(.exponential(), 1, chance: 1) == 11.25)
        #expect(try seconds(.exponential(), 9, chance: 0.5) == 3150)
        #expect(try seconds(.exponential(jitter: 0), 1, chance: 1) == 15)
        #expect(try seconds(.exponential(jitter: 1), 1, chance: 1) == 0)
        #expect(try seconds(.exponential(jitter: 7), 1, chance: 1) == 0)
    }

    @Test("base and cap are the job's to choose")
    func chosen() throws {
        let policy = RetryPolicy.exponential(base: .milliseconds(100), cap: .seconds(1), jitter: 0)
        #expect(try (1...6).map { try seconds(policy, $0) } == [0.1, 0.2, 0.4, 0.8, 1, 1])
        #expect(try seconds(.exponential(base: .seconds(50), cap: .seconds(10), jitter: 0), 1) == 10)
        #expect(try seconds(.exponential(base: .seconds(-5), jitter: 0), 1) == 0)
    }

    @Test("no attempt's number is too large or too small")
    func extremes() throws {
        for attempt in [-1, 0, 1] { #expect(try seconds(.exponential(), attempt) == 15) }
        for attempt in [63, 64, 1000, Int.max] { #expect(try seconds(.exponential(), attempt) == 3600) }
    }

    @Test("2.3: the other policies: always the same, the queue's own, none")
    func others() throws {
        for attempt in [1, 2, 50] { #expect(try seconds(.constant(.seconds(7)), attempt, chance: 0.9) == 7) }
        #expect(try seconds(.constant(.seconds(-7)), 1) == 0)
        #expect(RetryPolicy.queueDefault.delay(afterAttempt: 3, chance: 0) == .queueDefault)
        #expect(RetryPolicy.never.delay(afterAttempt: 1, chance: 0) == nil)
    }

    @Test("a policy says in words what it does")
    func words() {
        #expect("\(RetryPolicy.exponential())" == "exponential, 15s to 1h")
        #expect("\(RetryPolicy.constant(.seconds(7)))" == "every 7s")
        #expect("\(RetryPolicy.queueDefault)" == "the queue's visibility time-out")
        #expect("\(RetryPolicy.never)" == "never")
    }
}
