import SQJobsTesting
import Testing

import struct Foundation.Date

@Suite("The manual clock")
struct ManualClockTests {
    @Test("moves both times, and only when told")
    func moves() async {
        let clock = ManualClock(now: Date(timeIntervalSince1970: 1000))
        #expect(clock.elapsed == .zero)
        #expect(clock.now == Date(timeIntervalSince1970: 1000))
        await clock.advance(by: .milliseconds(1500))
        #expect(clock.jobClock.elapsed() == .milliseconds(1500))
        #expect(clock.jobClock.now() == Date(timeIntervalSince1970: 1001.5))
        await clock.advance(by: .seconds(-5))
        #expect(clock.elapsed == .milliseconds(1500))
    }

    @Test("wakes sleepers in the order of their times, each at its own")
    func order() async throws {
        let clock = ManualClock()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for seconds in [30, 10, 20] {
                group.addTask {
                    try await clock.sleep(for: .seconds(seconds))
                    return seconds
                }
            }
            try await clock.waitForSleepers(3)
            await clock.advance(by: .seconds(9))
            #expect(clock.sleepers == 3)
            await clock.advance(by: .seconds(1))
            #expect(try await group.next() == 10)
            #expect(clock.sleepers == 2)
            await clock.advance(by: .seconds(10))
            #expect(try await group.next() == 20)
            await clock.advance(by: .seconds(100))
            #expect(try await group.next() == 30)
        }
        #expect(clock.elapsed == .seconds(120))
    }

    @Test("shows a woken sleeper exactly the time that it waited for")
    func exact() async throws {
        let clock = ManualClock()
        let seen = Task {
            try await clock.sleep(for: .seconds(7))
            let first = clock.elapsed
            try await clock.sleep(for: .seconds(1000))
            return first
        }
        try await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(7))
        try await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(1000))
        #expect(try await seen.value == .seconds(7))
    }

    @Test("does not make anyone wait for no time, or for less")
    func noTime() async throws {
        let clock = ManualClock()
        try await clock.sleep(for: .zero)
        try await clock.sleep(for: .seconds(-1))
        #expect(clock.sleepers == 0)
    }

    @Test("ends the sleep of a cancelled task")
    func cancellation() async throws {
        let clock = ManualClock()
        let sleeping = Task { try await clock.jobClock.sleep(.seconds(1)) }
        try await clock.waitForSleepers(1)
        sleeping.cancel()
        await #expect(throws: CancellationError.self) { try await sleeping.value }
        #expect(clock.sleepers == 0)
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            try await clock.sleep(for: .zero)
        }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
    }

    @Test("says how many slept when those who were expected do not come")
    func missingSleepers() async throws {
        let clock = ManualClock()
        let sleeping = Task { try await clock.sleep(for: .seconds(1)) }
        try await clock.waitForSleepers(1)
        let error = await #expect(throws: SQJobsError.self) {
            try await clock.waitForSleepers(3, patience: .milliseconds(20))
        }
        #expect(error?.code == .timedOut)
        #expect(error?.message == "1 tasks sleep on the manual clock where 3 were expected.")
        sleeping.cancel()
    }

    @Test("lets the wall time be set without waking anyone")
    func wallTime() async throws {
        let clock = ManualClock()
        await clock.advance(by: .seconds(60))
        let sleeping = Task { try await clock.sleep(for: .seconds(1)) }
        try await clock.waitForSleepers(1)
        clock.setNow(Date(timeIntervalSince1970: 2_000_000_000))
        #expect(clock.now == Date(timeIntervalSince1970: 2_000_000_000))
        #expect(clock.elapsed == .seconds(60))
        #expect(clock.sleepers == 1)
        await clock.advance(by: .seconds(1))
        try await sleeping.value
        #expect(clock.now == Date(timeIntervalSince1970: 2_000_000_001))
    }
}
