import SQJobsPeriodic

extension ScheduleStoreCases {
    static let scheduleCases: [ScheduleStoreCase] = [
        ScheduleStoreCase("a schedule comes back as it was added") { trial in
            let text = "'; DROP TABLE x; -- \"quotes\" \u{1F98A}"
            let schedule = try Schedule(
                text, job: "job \(text)", queue: QueueName("queue \(text)"), "*/5 9-17 * * MON-FRI",
                in: "Europe/Madrid", args: [1, .string(text)], kwargs: [text: .null], missedFirings: .all(limit: 7),
                lateness: .seconds(90))
            try await trial.add(schedule, next: 60)
            let status = try await trial.status(text)
            let got = status.schedule
            try trial.expectEqual(got.job, schedule.job, "the job")
            try trial.expectEqual(got.queue, schedule.queue, "the queue")
            try trial.expectEqual(got.arguments.args, schedule.arguments.args, "the arguments")
            try trial.expectEqual(got.arguments.kwargs, schedule.arguments.kwargs, "the keywords")
            try trial.expectEqual(got.expression, schedule.expression, "the expression")
            try trial.expectEqual(got.timeZone, schedule.timeZone, "the time zone")
            try trial.expectEqual(got.missedFirings, schedule.missedFirings, "what becomes of missed firings")
            try trial.expectEqual(got.lateness, schedule.lateness, "the lateness")
            try trial.expectEqual(status.origin, .app, "the origin")
            try trial.expectEqual(status.state, .enabled, "the state")
            try trial.expectEqual(status.nextAt, trial.time(60), "the next time")
            try trial.expectEqual(status.lastFiringAt, nil, "the last firing")
        },
        ScheduleStoreCase("a name is added once") { trial in
            let answers = try await trial.store.add([
                trial.draft(try trial.schedule("a"), next: 60), trial.draft(try trial.schedule("a"), next: 120),
            ])
            try trial.expectEqual(answers, [true, false], "the answers")
            try await trial.expectNext(of: "a", 60)
        },
        ScheduleStoreCase("a change of expression or zone gives a new next time, any other keeps it") { trial in
            try await trial.add(try trial.schedule("a"), next: 60)
            var schedule = try trial.schedule("a", queue: "others")
            try trial.expectEqual(try await trial.store.change(trial.draft(schedule, next: 999)), true, "the answer")
            try trial.expectEqual(try await trial.status("a").schedule.queue, "others", "the queue")
            try await trial.expectNext(of: "a", 60)
            schedule.expression = "*/2 * * * *"
            _ = try await trial.store.change(trial.draft(schedule, next: 120))
            try await trial.expectNext(of: "a", 120)
            schedule.timeZone = "Europe/Madrid"
            _ = try await trial.store.change(trial.draft(schedule, next: 240))
            try await trial.expectNext(of: "a", 240)
        },
        ScheduleStoreCase("what is not there cannot be changed, enabled, disabled or removed") { trial in
            let draft = trial.draft(try trial.schedule("a"), next: 60)
            try trial.expectEqual(try await trial.store.change(draft), false, "change")
            try trial.expectEqual(try await trial.store.enable("a", nextAt: nil), false, "enable")
            try trial.expectEqual(try await trial.store.disable("a"), false, "disable")
            try trial.expectEqual(try await trial.store.remove(schedule: "a"), false, "remove")
            try trial.expect(try await trial.store.schedule("a") == nil, "no schedule", "one")
        },
        ScheduleStoreCase("a schedule that is disabled does not fire until it is enabled") { trial in
            try await trial.add(try trial.schedule("a"))
            try trial.expectEqual(try await trial.store.disable("a"), true, "the answer")
            try trial.expectEqual(try await trial.status("a").state, .disabled, "the state")
            let report = try await trial.beat()
            try trial.expectEqual(report, BeatReport(schedules: 0, firings: 0, nextAt: nil), "the report")
            try trial.expectEqual(try await trial.store.enable("a", nextAt: trial.time(60)), true, "the answer")
            try await trial.expectNext(of: "a", 60)
            try trial.expectEqual(try await trial.store.enable("a", nextAt: trial.time(999)), true, "the answer")
            try await trial.expectNext(of: "a", 60)
            try trial.expectEqual(try await trial.beat(at: 60).firings, 1, "the number of firings")
        },
        ScheduleStoreCase("a schedule that is removed is gone, and what it fired is still sent") { trial in
            try await trial.add(try trial.schedule("a"))
            _ = try await trial.beat()
            try trial.expectEqual(try await trial.store.remove(schedule: "a"), true, "the answer")
            try trial.expect(try await trial.store.schedule("a") == nil, "no schedule", "one")
            try await trial.expectClaim("a@0")
        },
        ScheduleStoreCase("schedules are listed in the order of the bytes of their names, page by page") { trial in
            let names = ["B", "_", "a", "b", "\u{E9}"]
            for name in names.reversed() { try await trial.add(try trial.schedule(name)) }
            var listed: [String] = []
            while true {
                let page = try await trial.store.schedules(after: listed.last, limit: 2)
                guard !page.isEmpty else { break }
                try trial.expect(page.count <= 2, "at most two schedules on a page", "\(page.count)")
                listed += page.map(\.schedule.name)
            }
            try trial.expectEqual(listed, names, "the names")
        },
    ]

    static let registrationCases: [ScheduleStoreCase] = [
        ScheduleStoreCase("an unchanged schedule of a registered job keeps its next time") { trial in
            let schedule = try trial.schedule("a")
            try await synchronise(trial, [trial.draft(schedule, next: 60)])
            try trial.expectEqual(try await trial.status("a").origin, .job, "the origin")
            try await synchronise(trial, [trial.draft(schedule, next: 999)])
            try await trial.expectNext(of: "a", 60)
            try await synchronise(trial, [trial.draft(try trial.schedule("a", "*/2 * * * *"), next: 120)])
            try await trial.expectNext(of: "a", 120)
        },
        ScheduleStoreCase("a schedule whose job is gone is disabled, not deleted, and comes back with it") { trial in
            let drafts = [
                trial.draft(try trial.schedule("a"), next: 60), trial.draft(try trial.schedule("b"), next: 60),
            ]
            try await synchronise(trial, drafts)
            _ = try await trial.beat(at: 60)
            try await synchronise(trial, [drafts[1]])
            try trial.expectEqual(try await trial.status("a").state, .gone, "the state of the one that is gone")
            try trial.expectEqual(try await trial.status("b").state, .enabled, "the state of the other")
            try trial.expectEqual(try await trial.beat(at: 120).firings, 1, "the number of firings")
            try await synchronise(trial, [trial.draft(try trial.schedule("a"), next: 300), drafts[1]])
            try trial.expectEqual(try await trial.status("a").state, .enabled, "the state once it is back")
            try trial.expectEqual(try await trial.status("a").lastFiringAt, trial.time(60), "its last firing")
            try await trial.expectNext(of: "a", 300)
        },
        ScheduleStoreCase("what somebody disabled stays so when a beater starts") { trial in
            let drafts = [trial.draft(try trial.schedule("a"), next: 60)]
            try await synchronise(trial, drafts)
            _ = try await trial.store.disable("a")
            try await synchronise(trial, drafts)
            try trial.expectEqual(try await trial.status("a").state, .disabled, "the state")
        },
        ScheduleStoreCase("a schedule that somebody added is not taken over by a registered job") { trial in
            try await trial.add(try trial.schedule("a", queue: "x"), next: 60)
            let clashes = try await trial.store.synchronise(
                [trial.draft(try trial.schedule("a", queue: "y"), next: 120)], queues: [])
            try trial.expectEqual(clashes, ["a"], "the names that are taken")
            try trial.expectEqual(try await trial.status("a").schedule.queue, "x", "the queue")
            try trial.expectEqual(try await trial.status("a").origin, .app, "the origin")
        },
        ScheduleStoreCase("a registered job's schedule cannot be changed by hand") { trial in
            try await synchronise(trial, [trial.draft(try trial.schedule("a", queue: "x"), next: 60)])
            let answer = try await trial.store.change(trial.draft(try trial.schedule("a", queue: "y"), next: 60))
            try trial.expectEqual(answer, false, "the answer")
            try trial.expectEqual(try await trial.status("a").schedule.queue, "x", "the queue")
        },
        ScheduleStoreCase("a beater of some queues leaves the schedules of others alone when it starts") { trial in
            try await synchronise(trial, [trial.draft(try trial.schedule("a", queue: "x"), next: 60)])
            _ = try await trial.store.synchronise([], queues: ["y"])
            try trial.expectEqual(try await trial.status("a").state, .enabled, "the state")
            _ = try await trial.store.synchronise([], queues: ["x"])
            try trial.expectEqual(try await trial.status("a").state, .gone, "the state")
        },
    ]

    private static func synchronise(_ trial: ScheduleStoreTrial, _ drafts: [ScheduleDraft]) async throws {
        let clashes = try await trial.store.synchronise(drafts, queues: [])
        try trial.expectEqual(clashes, [], "the names that are taken")
    }
}
