import Foundation
import Testing

@testable import SQJobsPeriodic

@Suite("The firings that are due")
struct FiringPlanTests {
    /// Eight o'clock in UTC.
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    @Test(
        "after ten minutes without a beater follow the policy",
        arguments: [
            (MissedFirings.skip, [] as [Int]), (.latest, [10]), (.all(limit: 3), [8, 9, 10]),
            (.all(limit: 100), Array(1...10)),
        ])
    func policies(_ policy: MissedFirings, _ minutes: [Int]) throws {
        let plan = try plan(policy, at: 10 * 60 + 30)
        #expect(plan.firings.map { Int($0.scheduledAt.timeIntervalSince(start)) / 60 } == minutes)
        #expect(plan.firings.allSatisfy { $0.isLate })
        #expect(plan.next == start.addingTimeInterval(11 * 60))
    }

    @Test(
        "that are on time are enqueued by every policy, and what was missed before them as it says",
        arguments: [
            (MissedFirings.skip, [10]), (.latest, [10]), (.all(limit: 3), [7, 8, 9, 10]),
        ])
    func onTime(_ policy: MissedFirings, _ minutes: [Int]) throws {
        let plan = try plan(policy, at: 10 * 60 + 5)
        #expect(plan.firings.map { Int($0.scheduledAt.timeIntervalSince(start)) / 60 } == minutes)
        #expect(plan.firings.map(\.isLate) == minutes.map { $0 != 10 })
    }

    @Test("are all on time while the beater's interval is not over")
    func busy() throws {
        let schedule = try schedule("* * * * * *", .latest)
        let plan = try FiringPlan(
            schedule, since: start, last: nil, at: start.addingTimeInterval(7.5), tolerance: .seconds(10))
        #expect(plan.firings.map { $0.scheduledAt.timeIntervalSince(start) } == [0, 1, 2, 3, 4, 5, 6, 7])
        #expect(plan.firings.allSatisfy { !$0.isLate })
    }

    @Test("are left out beyond the lateness")
    func lateness() throws {
        var schedule = try schedule("* * * * *", .all(limit: 100))
        schedule.lateness = .seconds(150)
        let plan = try FiringPlan(
            schedule, since: start.addingTimeInterval(60), last: nil, at: start.addingTimeInterval(600),
            tolerance: .seconds(10))
        #expect(plan.firings.map { Int($0.scheduledAt.timeIntervalSince(start)) / 60 } == [8, 9, 10])
    }

    @Test("are never at or before the last one")
    func last() throws {
        let plan = try FiringPlan(
            try schedule("* * * * *", .all(limit: 100)), since: start, last: start.addingTimeInterval(120),
            at: start.addingTimeInterval(240), tolerance: .seconds(10))
        #expect(plan.firings.map { Int($0.scheduledAt.timeIntervalSince(start)) / 60 } == [3, 4])
        let back = try FiringPlan(
            try schedule("* * * * *", .latest), since: start, last: start.addingTimeInterval(120), at: start,
            tolerance: .seconds(10))
        #expect(back.firings.isEmpty)
        #expect(back.next == start.addingTimeInterval(180))
    }

    @Test("of a year in which each second was missed are found at once")
    func year() throws {
        let plan = try FiringPlan(
            try schedule("* * * * * *", .all(limit: 5)), since: start, last: nil,
            at: start.addingTimeInterval(365 * 86_400), tolerance: .zero)
        #expect(plan.firings.count == 6)
    }

    private func plan(_ policy: MissedFirings, at seconds: Double) throws -> FiringPlan {
        try FiringPlan(
            try schedule("* * * * *", policy), since: start.addingTimeInterval(60), last: start,
            at: start.addingTimeInterval(seconds), tolerance: .seconds(10))
    }

    private func schedule(_ expression: CronExpression, _ policy: MissedFirings) throws -> Schedule {
        try Schedule("a", job: "probe", queue: "ticks", expression, missedFirings: policy)
    }
}
