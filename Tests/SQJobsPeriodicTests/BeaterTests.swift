import Foundation
import SQJobsTesting
import Testing

@testable import SQJobsPeriodic

@Suite("A beater")
struct BeaterTests {
    private let ticks = Noted<Tick>()

    @Test(
        "fires a fixed time once in a night that lacks it, and in one that has it twice",
        arguments: [
            ("2027-03-27T22:00:00Z", ["2027-03-28T01:00:00Z"]), ("2026-10-24T22:00:00Z", ["2026-10-25T00:30:00Z"]),
        ])
    func fixed(_ evening: String, _ times: [String]) async throws {
        let ticks = ticks
        let surroundings = try Surroundings(at: .at(evening), JobRegistry { FixedProbe(ticks) })
        try await surroundings.beat(for: .seconds(6 * 3600))
        try await surroundings.work()
        #expect(ticks.all.map(\.scheduledAt.text) == times)
        #expect(ticks.all.allSatisfy { !$0.isLate })
    }

    @Test(
        "follows the clock with a wildcard, in a night that skips an hour and in one that repeats it",
        arguments: [
            ("2027-03-27T23:00:00Z", ["23:30", "00:30", "01:30", "02:30"]),
            ("2026-10-24T23:00:00Z", ["23:30", "00:30", "01:30", "02:30"]),
        ])
    func wildcard(_ evening: String, _ times: [String]) async throws {
        let ticks = ticks
        let surroundings = try Surroundings(at: .at(evening), JobRegistry { WildcardProbe(ticks) })
        try await surroundings.beat(for: .seconds(4 * 3600))
        try await surroundings.work()
        #expect(ticks.all.map { $0.scheduledAt.text.dropFirst(11).prefix(5) } == times.map { $0[...] })
    }

    @Test("makes up for ten minutes without any, and says which firings are late")
    func late() async throws {
        let ticks = ticks
        let surroundings = try Surroundings(at: .at("2026-11-22T08:00:30Z"), JobRegistry { MinuteProbe(ticks) })
        try await surroundings.beat(for: .seconds(60))
        await surroundings.manual.advance(by: .seconds(600))
        try await surroundings.beat(for: .seconds(60))
        try await surroundings.work()
        #expect(ticks.all.count == 12)
        #expect(ticks.all.map(\.scheduledAt) == ticks.all.map(\.scheduledAt).sorted())
        #expect(ticks.all.map(\.isLate) == [false] + Array(repeating: true, count: 10) + [false])
    }

    @Test("makes up for the last of ten missed firings, or for none, as the job says")
    func policies() async throws {
        let (latest, none, recent) = (Noted<Tick>(), Noted<Tick>(), Noted<Tick>())
        let surroundings = try Surroundings(
            at: .at("2026-11-22T08:00:30Z"),
            JobRegistry {
                LatestProbe(latest)
                SkippingProbe(none)
                RecentProbe(recent)
            })
        try await surroundings.beat(for: .seconds(60))
        await surroundings.manual.advance(by: .seconds(600))
        try await surroundings.beat(for: .seconds(60))
        try await surroundings.work()
        #expect(latest.all.map { $0.scheduledAt.text.dropFirst(11).prefix(5) } == ["08:01", "08:11", "08:12"])
        #expect(latest.all.map(\.isLate) == [false, true, false])
        #expect(none.all.map { $0.scheduledAt.text.dropFirst(11).prefix(5) } == ["08:01", "08:12"])
        #expect(none.all.map(\.isLate) == [false, false])
        #expect(recent.all.map { $0.scheduledAt.text.dropFirst(11).prefix(5) } == ["08:01", "08:10", "08:11", "08:12"])
        #expect(recent.all.map(\.isLate) == [false, true, true, false])
    }

    @Test("spreads the H of a job's schedule by the job's name")
    func spread() async throws {
        let surroundings = try Surroundings(
            at: .at("2026-11-22T08:00:30Z"),
            JobRegistry {
                SpreadProbe(Noted()); OtherSpreadProbe(Noted())
            })
        try await surroundings.beater.synchronise()
        for name in ["SpreadProbe", "OtherSpreadProbe"] {
            let status = try #require(try await surroundings.store.schedule(name))
            let expected = try CronExpression("H H * * *", seed: name)
            #expect(status.schedule.expression == expected)
            let zone = try #require(TimeZone(identifier: "Europe/Madrid"))
            #expect(status.nextAt == expected.next(after: surroundings.manual.now, in: zone))
        }
        let (one, other) = ("SpreadProbe", "OtherSpreadProbe")
        #expect(try await surroundings.store.schedule(one)?.nextAt != surroundings.store.schedule(other)?.nextAt)
    }

    @Test("does not start with a job that has no schedule")
    func forgetful() async throws {
        let surroundings = try Surroundings(at: .at("2026-11-22T08:00:30Z"), JobRegistry { Forgetful() })
        let error = await #expect(throws: SQJobsError.self) { try await surroundings.beater.run() }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains("override `class var schedule` in Forgetful") == true)
    }

    @Test("does not start when a schedule that was added has a registered job's name")
    func clash() async throws {
        let ticks = ticks
        let surroundings = try Surroundings(at: .at("2026-11-22T08:00:30Z"), JobRegistry { MinuteProbe(ticks) })
        try await Schedules(surroundings.store, clock: surroundings.manual.jobClock).add(
            try Schedule("MinuteProbe", job: "other", queue: "ticks", "* * * * *"))
        let error = await #expect(throws: SQJobsError.self) { try await surroundings.beater.run() }
        #expect(error?.code == .duplicateSchedule)
    }

    @Test("wakes at once for a schedule that somebody adds")
    func wake() async throws {
        let surroundings = try Surroundings(at: .at("2026-11-22T08:00:00Z"))
        let beater = surroundings.beater
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await beater.run() }
            try await surroundings.manual.waitForSleepers(2)
            try await Schedules(surroundings.store, clock: surroundings.manual.jobClock).add(
                try Schedule("a", job: "probe", queue: "ticks", "* * * * * *"))
            // A second is less than its interval of ten.
            for _ in 0..<100 {
                try await surroundings.manual.waitForSleepers(2)
                await surroundings.manual.advance(by: .milliseconds(20))
                let waiting = try await surroundings.broker.administration?.statistics(of: "ticks").waiting
                if waiting != 0 { break }
            }
            #expect(surroundings.manual.elapsed < .seconds(3))
            group.cancelAll()
        }
    }

    @Test("fires only the schedules of the queues that it was given")
    func queues() async throws {
        let ticks = ticks
        let surroundings = try Surroundings(at: .at("2026-11-22T08:00:00Z"), JobRegistry { MinuteProbe(ticks) })
        let beater = Beater(
            broker: surroundings.broker, store: surroundings.store, jobs: surroundings.jobs,
            configuration: BeaterConfiguration(queues: ["others"]), clock: surroundings.manual.jobClock)
        try await beater.synchronise()
        #expect(try await surroundings.store.schedule("MinuteProbe") == nil)
    }
}
