import Foundation
import SQJobsTesting
import Testing

@Suite("A beater that is advanced to an instant", .timeLimit(.minutes(1)))
struct ManualBeaterTests {
    private final class Nightly: PeriodicJob {
        override class var name: String { "nightly" }
        override class var queue: QueueName { "chores" }
        override class var schedule: CronExpression { "30 2 * * *" }
        override class var timeZone: String { "Europe/Madrid" }
    }

    private let clock = ManualClock(now: Date(timeIntervalSince1970: 1_774_612_800))  // 2026-03-27 12:00 UTC
    private let broker: RecordingBroker
    private let beater: ManualBeater

    init() {
        broker = RecordingBroker(clock: clock.jobClock)
        beater = ManualBeater(broker: broker, jobs: JobRegistry { Nightly() }, clock: clock)
    }

    @Test("every firing on the way is enqueued when the clock shows its time, also in the night that has no 02:30")
    func advance() async throws {
        #expect(try await beater.advance(by: .seconds(4 * 86400)) == 4)
        let ticks = try broker.enqueued(Nightly.self)
        #expect(
            ticks.map(\.parameters.scheduledAt)
                == [
                    "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z",
                ].compactMap { try? Date($0, strategy: .iso8601) }, "\(broker)")
        #expect(ticks.map(\.enqueuedAt) == ticks.map(\.parameters.scheduledAt))
        #expect(ticks.allSatisfy { !$0.parameters.isLate })
        #expect(clock.now == Date(timeIntervalSince1970: 1_774_612_800 + 4 * 86400))
    }

    @Test("what was missed while the clock moved alone is made up for, late")
    func missed() async throws {
        try await beater.advance(by: .zero)
        await clock.advance(by: .seconds(3 * 86400))
        #expect(try await beater.advance(by: .zero) == 1)
        #expect(try broker.enqueued(Nightly.self).map(\.parameters.isLate) == [true])
    }

    @Test("schedules that the test adds fire too")
    func added() async throws {
        try await beater.schedules.add(Schedule("often", job: "other", queue: "chores", "0 * * * *"))
        #expect(try await beater.advance(by: .seconds(3600)) == 1)
        #expect(broker.enqueued(named: "other").count == 1)
    }
}
