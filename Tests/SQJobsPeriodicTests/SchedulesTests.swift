import Foundation
import SQJobsTesting
import Testing

@testable import SQJobsPeriodic

@Suite("The schedules that an app has")
struct SchedulesTests {
    private let manual = ManualClock(now: Date(timeIntervalSince1970: 1_800_000_000))

    @Test("are added with their next time, once a name")
    func adding() async throws {
        let schedules = schedules
        try await schedules.add(try schedule("a"))
        #expect(try await schedules.status(of: "a").nextAt == manual.now + 60)
        let error = await #expect(throws: SQJobsError.self) { try await schedules.add(try schedule("a")) }
        #expect(error?.code == .duplicateSchedule)
    }

    @Test("are unknown by any other name")
    func unknown() async throws {
        let schedules = schedules
        let calls: [@Sendable () async throws -> Void] = [
            { try await schedules.change("a") { $0.queue = "x" } }, { try await schedules.enable("a") },
            { try await schedules.disable("a") }, { try await schedules.remove("a") },
            { try await schedules.runNow("a") },
        ]
        for call in calls {
            let error = await #expect(throws: SQJobsError.self) { try await call() }
            #expect(error?.code == .unknownSchedule)
        }
    }

    @Test("that are enabled again make up for nothing")
    func enabling() async throws {
        let schedules = schedules
        try await schedules.add(try schedule("a"))
        try await schedules.disable("a")
        await manual.advance(by: .seconds(600))
        try await schedules.enable("a")
        #expect(try await schedules.status(of: "a").nextAt == manual.now + 60)
    }

    @Test("that cannot be are refused with what is wrong")
    func wrong() async throws {
        let schedules = schedules
        var unzoned = try schedule("a")
        unzoned.timeZone = "Europe/Nowhere"
        var unlimited = try schedule("a")
        unlimited.missedFirings = .all(limit: 0)
        for (wrong, word) in [(unzoned, "Europe/Nowhere"), (unlimited, "0 missed"), (try schedule(""), "name")] {
            let error = await #expect(throws: SQJobsError.self) { try await schedules.add(wrong) }
            #expect(error?.code == .invalidConfiguration)
            #expect(error?.message.contains(word) == true)
        }
    }

    @Test("have the H of their expression spread by their names, when they are added and when they are changed")
    func spread() async throws {
        let schedules = schedules
        var first = try schedule("a")
        first.expression = "H 3 * * *"
        try await schedules.add(first)
        #expect(try await schedules.status(of: "a").schedule.expression == CronExpression("H 3 * * *", seed: "a"))
        let changed = try await schedules.change("a") { $0.expression = "0 H * * *" }
        #expect(changed.expression == (try CronExpression("0 H * * *", seed: "a")))
        #expect(try await schedules.status(of: "a").schedule.expression == changed.expression)
    }

    @Test("of registered jobs are changed in their classes")
    func registered() async throws {
        let surroundings = try Surroundings(at: manual.now, JobRegistry { MinuteProbe(Noted()) })
        try await surroundings.beater.synchronise()
        let error = await #expect(throws: SQJobsError.self) {
            try await Schedules(surroundings.store).change("MinuteProbe") { $0.queue = "x" }
        }
        #expect(error?.code == .invalidConfiguration)
    }

    private var schedules: Schedules {
        Schedules(InMemoryScheduleStore(clock: manual.jobClock), clock: manual.jobClock)
    }

    private func schedule(_ name: String) throws -> Schedule {
        try Schedule(name, job: "probe", queue: "ticks", "* * * * *")
    }
}
