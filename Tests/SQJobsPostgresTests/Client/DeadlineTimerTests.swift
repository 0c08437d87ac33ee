import SQJobsTesting
import Synchronization
import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("One timer for many deadlines", .timeLimit(.minutes(1)))
struct DeadlineTimerTests {
    private let clock = ManualClock()
    private let rings = Rings()

    private final class Rings: Sendable {
        let times = Mutex<[Duration]>([])
    }

    /// Rings at the time that the clock shows, and again at the times that follow.
    private func arm(_ timer: DeadlineTimer, _ deadline: Duration, then others: [Duration] = []) {
        timer.arm(deadline) { [rings, clock] in
            rings.times.withLock { $0.append(clock.elapsed) }
            return others.first { $0 > clock.elapsed }
        }
    }

    @Test("later deadlines need no second sleeper, and the ring says when to ring next")
    func later() async throws {
        let timer = DeadlineTimer(clock: clock.jobClock)
        arm(timer, .seconds(1), then: [.seconds(3)])
        arm(timer, .seconds(3))
        try await clock.waitForSleepers(1)
        #expect(clock.sleepers == 1)
        await clock.advance(by: .seconds(1))
        try await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(2))
        try await eventually("it rang twice") { rings.times.withLock { $0 } == [.seconds(1), .seconds(3)] }
        try await eventually("nobody sleeps") { clock.sleepers == 0 }
    }

    @Test("an earlier deadline takes the place of a later one")
    func earlier() async throws {
        let timer = DeadlineTimer(clock: clock.jobClock)
        arm(timer, .seconds(60))
        try await clock.waitForSleepers(1)
        arm(timer, .seconds(1))
        try await eventually("the later sleeper is gone") { clock.sleepers == 1 }
        await clock.advance(by: .seconds(1))
        try await eventually("it rang") { rings.times.withLock { $0 } == [.seconds(1)] }
        await clock.advance(by: .seconds(60))
        #expect(rings.times.withLock { $0 } == [.seconds(1)])
    }

    @Test("a timer that nobody holds lets its sleeper go")
    func dropped() async throws {
        do {
            let timer = DeadlineTimer(clock: clock.jobClock)
            arm(timer, .seconds(60))
            try await clock.waitForSleepers(1)
        }
        try await eventually("nobody sleeps") { clock.sleepers == 0 }
    }
}
