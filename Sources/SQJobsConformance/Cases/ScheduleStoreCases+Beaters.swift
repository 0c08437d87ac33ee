import SQJobsPeriodic

extension ScheduleStoreCases {
    static let beaterCases: [ScheduleStoreCase] = [
        ScheduleStoreCase("two beaters on the same due schedules send each firing once") { trial in
            let (broker, wall) = (ListingBroker(clock: trial.harness.clock), WallTime(trial.time()))
            for number in 0..<20 { try await trial.add(try trial.schedule("s\(number)")) }
            let beaters = [trial.beater(broker, wall), trial.beater(broker, wall, in: trial.harness.otherStore)]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for beater in beaters { group.addTask { try await trial.work(beater) } }
                try await group.waitForAll()
            }
            try await trial.work(beaters[0])
            let ids = broker.sent.map(\.message.id)
            try trial.expectEqual(Set(ids).count, 20, "the number of different firings")
            try trial.expectEqual(ids.count, 20, "the number of firings that were sent")
        },
        ScheduleStoreCase("a queue that refuses holds up no other, and its firings are not lost") { trial in
            let (broker, wall) = (ListingBroker(clock: trial.harness.clock), WallTime(trial.time()))
            try await trial.add(try trial.schedule("a", queue: "bad"))
            try await trial.add(try trial.schedule("b", queue: "good"))
            broker.refuse { $0 == "bad" ? SQJobsError(.brokerUnavailable, "The queue “bad” is away.") : nil }
            let beater = trial.beater(broker, wall)
            try await trial.work(beater)
            try trial.expectEqual(broker.sent.map(\.queue), ["good"], "the queues to which was sent")
            let waiting = try await trial.waiting()
            try trial.expectEqual(waiting.map(\.queue), ["bad"], "the queues of what waits")
            try trial.expect(
                waiting[0].error?.contains("The queue “bad” is away.") == true, "the reason", "\(waiting[0])")
            broker.refuse { _ in nil }
            try await trial.advance(by: .seconds(1))
            try await trial.work(beater)
            try trial.expectEqual(broker.sent.map(\.queue), ["good", "bad"], "the queues to which was sent")
            try await trial.expectWaiting()
        },
        ScheduleStoreCase("firings of a schedule are sent in order after the broker was away") { trial in
            let (broker, wall) = (ListingBroker(clock: trial.harness.clock), WallTime(trial.time()))
            try await trial.add(try trial.schedule("a"))
            broker.refuse { _ in SQJobsError(.brokerUnavailable, "The broker is away.") }
            let beater = trial.beater(broker, wall)
            for minute in 0..<5 {
                wall.now = trial.time(Double(minute * 60))
                try await trial.work(beater)
            }
            try trial.expectEqual(broker.sent.count, 0, "the number of firings that were sent")
            broker.refuse { _ in nil }
            for _ in 0..<20 where try await !trial.waiting().isEmpty {
                try await trial.advance(by: .seconds(1))
                try await trial.work(beater)
            }
            let dates = broker.sent.compactMap { JobID.date(of: $0.message.id) }
            try trial.expectEqual(dates, dates.sorted(), "the times of the firings in the order of their sending")
            try trial.expectEqual(Set(broker.sent.map(\.message.id)).count, 5, "the number of different firings")
        },
        ScheduleStoreCase("a clock that jumps ahead and back again fires nothing twice") { trial in
            let (broker, wall) = (ListingBroker(clock: trial.harness.clock), WallTime(trial.time()))
            try await trial.add(try trial.schedule("a"))
            let beater = trial.beater(broker, wall)
            for seconds in [0, 3600, 0, 60, 3600, 3660] as [Double] {
                wall.now = trial.time(seconds)
                try await trial.work(beater)
            }
            let times = broker.sent.compactMap { JobID.date(of: $0.message.id) }
            try trial.expectEqual(times, [0, 3600, 3660].map { trial.time($0) }, "the times of the firings")
        },
        ScheduleStoreCase("a schedule that is edited while it is due fires by what it says then") { trial in
            let (broker, wall) = (ListingBroker(clock: trial.harness.clock), WallTime(trial.time()))
            let schedules = Schedules(trial.store, clock: wall.clock(like: trial.harness.clock))
            try await schedules.add(try trial.schedule("a"))
            let beater = trial.beater(broker, wall)
            wall.now = trial.time(60)
            try await schedules.change("a") { $0.queue = "others" }
            try await trial.work(beater)
            try trial.expectEqual(broker.sent.map(\.queue), ["others"], "the queues to which was sent")
            wall.now = trial.time(120)
            try await schedules.change("a") { $0.expression = "*/5 * * * *" }
            try await trial.work(beater)
            try trial.expectEqual(broker.sent.count, 1, "the number of firings before the new time")
            wall.now = trial.time(300)
            try await trial.work(beater)
            let times = broker.sent.compactMap { JobID.date(of: $0.message.id) }
            try trial.expectEqual(times, [60, 300].map { trial.time($0) }, "the times of the firings")
        },
        ScheduleStoreCase("a schedule that is run now fires once more, and keeps its next time") { trial in
            let (broker, wall) = (ListingBroker(clock: trial.harness.clock), WallTime(trial.time(30)))
            let schedules = Schedules(trial.store, clock: wall.clock(like: trial.harness.clock))
            try await schedules.add(try trial.schedule("a"))
            try await schedules.disable("a")
            let ticket = try await schedules.runNow("a")
            try await trial.work(trial.beater(broker, wall))
            try trial.expectEqual(broker.sent.map(\.message.id), [ticket.id], "the jobs that were sent")
            try trial.expectEqual(try await trial.status("a").lastFiringAt, nil, "the last firing")
            try await trial.expectNext(of: "a", 60)
        },
    ]

    static let crashCases: [ScheduleStoreCase] = CrashPoint.all.map { point in
        ScheduleStoreCase("a beater that dies \(point) loses no firing, and repeats have the same id") { trial in
            let (broker, wall) = (ListingBroker(clock: trial.harness.clock), WallTime(trial.time()))
            for name in ["a", "b", "c"] { try await trial.add(try trial.schedule(name)) }
            let life = Life(until: point)
            var mortal = broker
            mortal.enqueueMiddleware = [MortalSending(life: life)]
            let beater = trial.beater(mortal, wall, in: MortalStore(store: trial.store, life: life))
            try? await trial.work(beater)
            try trial.expect(life.hasEnded, "the beater to die \(point)", "it lives")
            try await trial.advance(by: trial.short * 1.5)
            try await trial.work(trial.beater(broker, wall, in: trial.harness.otherStore))
            let ids = broker.sent.map(\.message.id)
            try trial.expectEqual(Set(ids).count, 3, "the number of different firings")
            try trial.expect(ids.count <= 6, "no firing more than twice", "\(ids.count)")
            try await trial.expectWaiting()
            try trial.expectEqual(try await trial.beat().schedules, 0, "the number of schedules that are still due")
        }
    }
}
