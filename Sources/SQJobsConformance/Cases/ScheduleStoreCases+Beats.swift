import SQJobsPeriodic

import struct Foundation.Date

extension ScheduleStoreCases {
    static let beatCases: [ScheduleStoreCase] = [
        ScheduleStoreCase("a schedule that is due is written with its firing and its next time") { trial in
            try await trial.add(try trial.schedule("a"), next: 60)
            let early = try await trial.beat(at: 59)
            try trial.expectEqual(early, BeatReport(schedules: 0, firings: 0, nextAt: trial.time(60)), "the report")
            let report = try await trial.beat(at: 60)
            try trial.expectEqual(report, BeatReport(schedules: 1, firings: 1, nextAt: trial.time(120)), "the report")
            try await trial.expectNext(of: "a", 120)
            try trial.expectEqual(try await trial.status("a").lastFiringAt, trial.time(60), "the last firing")
            try await trial.expectClaim("a@60", at: 60)
            try trial.expectEqual(
                try await trial.beat(at: 60).schedules, 0, "the number of schedules that are still due")
        },
        ScheduleStoreCase("the plan is told when a schedule became due and when it fired last") { trial in
            try await trial.add(try trial.schedule("a", "*/2 * * * *"), next: 60)
            _ = try await trial.beat(at: 60)
            _ = try await trial.store.beat(at: trial.time(500), limit: 10, queues: []) { due in
                let isRight =
                    due.dueAt == ScheduleStoreTrial.start.addingTimeInterval(120)
                    && due.lastFiringAt == ScheduleStoreTrial.start.addingTimeInterval(60)
                    && (try? due.schedule.get().expression) == "*/2 * * * *"
                return ScheduleBeat(entries: [], lastFiringAt: nil, nextAt: isRight ? due.dueAt : nil)
            }
            try await trial.expectNext(of: "a", 120)
        },
        ScheduleStoreCase("a plan that fires nothing moves the schedule on") { trial in
            try await trial.add(try trial.schedule("a"))
            _ = try await trial.beat()
            let report = try await trial.store.beat(at: trial.time(60), limit: 10, queues: []) { _ in
                ScheduleBeat(entries: [], lastFiringAt: nil, nextAt: nil)
            }
            try trial.expectEqual(report, BeatReport(schedules: 1, firings: 0, nextAt: nil), "the report")
            try await trial.expectNext(of: "a", nil)
            try trial.expectEqual(try await trial.status("a").lastFiringAt, trial.time(), "the last firing")
        },
        ScheduleStoreCase("a beat takes as many schedules as it is asked for") { trial in
            for name in ["a", "b", "c"] { try await trial.add(try trial.schedule(name)) }
            let first = try await trial.beat(limit: 2)
            try trial.expectEqual(first, BeatReport(schedules: 2, firings: 2, nextAt: trial.time()), "the report")
            let second = try await trial.beat(limit: 2)
            try trial.expectEqual(second, BeatReport(schedules: 1, firings: 1, nextAt: trial.time(60)), "the report")
        },
        ScheduleStoreCase("schedules of queues that were not asked for are left alone") { trial in
            try await trial.add(try trial.schedule("a", queue: "x"))
            try await trial.add(try trial.schedule("b", queue: "y"), next: 60)
            let report = try await trial.beat(queues: ["y"])
            try trial.expectEqual(report, BeatReport(schedules: 0, firings: 0, nextAt: trial.time(60)), "the report")
            try trial.expectEqual(try await trial.beat(queues: ["x", "z"]).schedules, 1, "the number of schedules")
        },
        ScheduleStoreCase("a firing whose once key waits is not put in again") { trial in
            try await trial.add(try trial.schedule("a"))
            try await trial.put(try trial.entry("earlier", onceKey: "a@0"))
            let report = try await trial.beat()
            try trial.expectEqual(report.firings, 0, "the number of firings")
            try await trial.expectWaiting("earlier")
        },
        ScheduleStoreCase("beaters that race on the same schedules fire each of them once") { trial in
            let count = 40
            for number in 0..<count { try await trial.add(try trial.schedule("s\(number)")) }
            for round in 0..<3 {
                let seconds = Double(round * 60)
                let firings = try await withThrowingTaskGroup(of: Int.self) { group in
                    for beater in 0..<6 {
                        group.addTask {
                            let store = beater % 2 == 0 ? trial.harness.store : trial.harness.otherStore
                            return try await trial.beat(at: seconds, limit: 15, in: store).firings
                        }
                    }
                    return try await group.reduce(0, +)
                }
                // Schedules that others had locked just then may be left for the next beat.
                let rest = try await trial.beat(at: seconds, limit: 1000).firings
                try trial.expectEqual(firings + rest, count, "the number of firings in round \(round)")
            }
            let ids = try await trial.waiting().map(\.id)
            try trial.expectEqual(Set(ids).count, count * 3, "the number of different firings")
            try trial.expectEqual(ids.count, count * 3, "the number of firings")
        },
    ]
}
