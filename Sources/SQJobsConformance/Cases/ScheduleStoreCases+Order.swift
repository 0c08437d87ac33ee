import SQJobsPeriodic

extension ScheduleStoreCases {
    static let orderCases: [ScheduleStoreCase] = [
        ScheduleStoreCase("an entry with an ordering key waits for every older one of its key") { trial in
            try await trial.put(
                try trial.entry("a1", orderingKey: "a"), try trial.entry("a2", due: -60, orderingKey: "a"),
                try trial.entry("b1", orderingKey: "b"), try trial.entry("none"))
            let first = try await trial.expectClaim("a1", "b1", "none")
            try await trial.expectClaim()
            try await trial.store.remove([first[0].number])
            try await trial.expectClaim("a2")
        },
        ScheduleStoreCase("an older entry that is not due holds up its own key alone") { trial in
            try await trial.put(
                try trial.entry("a1", due: 60, orderingKey: "a"), try trial.entry("a2", orderingKey: "a"),
                try trial.entry("b1", orderingKey: "b"))
            try await trial.expectClaim("b1")
            try await trial.expectClaim("a1", at: 60)
        },
        ScheduleStoreCase("an older entry that is put off holds up its own key alone") { trial in
            try await trial.put(
                try trial.entry("a1", orderingKey: "a"), try trial.entry("a2", orderingKey: "a"))
            let first = try await trial.expectClaim("a1")
            try await trial.store.postpone([OutboxRefusal(first[0], error: "no", delay: ScheduleStoreTrial.long)])
            try await trial.put(try trial.entry("b1", orderingKey: "b"))
            try await trial.expectClaim("b1")
        },
        ScheduleStoreCase("an older entry of another queue holds up its key too") { trial in
            try await trial.put(
                try trial.entry("a1", queue: "x", orderingKey: "a"), try trial.entry("a2", orderingKey: "a"))
            let claims = try await trial.claim(queues: ["probes"])
            try trial.expectEqual(claims.count, 0, "the number of entries that are claimed")
        },
    ]

    static let refusalCases: [ScheduleStoreCase] = [
        ScheduleStoreCase("an entry that was put off comes back after its delay, with the error and the count") {
            trial in
            try await trial.put(try trial.entry("a"))
            for count in 1...3 {
                let claims = try await trial.expectClaim("a")
                try trial.expectEqual(claims[0].refusals, count - 1, "the number of refusals")
                let error = "the queue “x” said 'no' \(count) times"
                try await trial.store.postpone([OutboxRefusal(claims[0], error: error, delay: trial.short)])
                let status = try await trial.waiting()
                try trial.expectEqual(status.map(\.refusals), [count], "the numbers of refusals")
                try trial.expectEqual(status.map(\.error), [error], "the errors")
                try await trial.expectClaim()
                try await trial.advance(by: trial.short * 1.5)
            }
            try await trial.expectClaim("a")
        },
        ScheduleStoreCase("a relay whose claim is no longer the newest puts nothing off") { trial in
            try await trial.put(try trial.entry("a"))
            let late = try await trial.expectClaim("a", lease: trial.short)
            try await trial.advance(by: trial.short * 1.5)
            try await trial.expectClaim("a", lease: trial.short)
            try await trial.store.postpone([OutboxRefusal(late[0], error: "no", delay: ScheduleStoreTrial.long)])
            try trial.expectEqual(try await trial.waiting().map(\.refusals), [0], "the numbers of refusals")
            try await trial.advance(by: trial.short * 1.5)
            try await trial.expectClaim("a")
        },
    ]

    static let uniqueCases: [ScheduleStoreCase] = [
        ScheduleStoreCase("a unique key belongs to one job until it is freed") { trial in
            let (a, b) = (reservation("k", "a"), reservation("k", "b"))
            let holders = try await trial.store.reserve([a, b, reservation("other", "b")])
            try trial.expectEqual(holders, ["a", "a", "b"], "the jobs that have the keys")
            let again = try await trial.harness.otherStore.reserve([b])
            try trial.expectEqual(again, ["a"], "the job that has the key")
            try await trial.store.free([a])
            let freed = try await trial.store.reserve([b])
            try trial.expectEqual(freed, ["b"], "the job that has the key once it was freed")
        },
        ScheduleStoreCase("a unique key whose time has run out is free") { trial in
            let short = UniqueReservation(key: "k", jobID: "a", lifetime: trial.short)
            _ = try await trial.store.reserve([short])
            try await trial.advance(by: trial.short * 1.5)
            let holders = try await trial.store.reserve([reservation("k", "b")])
            try trial.expectEqual(holders, ["b"], "the job that has the key")
            let later = try await trial.store.reserve([short])
            try trial.expectEqual(later, ["b"], "the job that has the key from then on")
        },
        ScheduleStoreCase("a unique key is freed only by the job that has it") { trial in
            _ = try await trial.store.reserve([reservation("k", "a")])
            try await trial.store.free([reservation("k", "b")])
            let holders = try await trial.store.reserve([reservation("k", "b")])
            try trial.expectEqual(holders, ["a"], "the job that has the key")
        },
    ]

    private static func reservation(_ key: String, _ jobID: String) -> UniqueReservation {
        UniqueReservation(key: key, jobID: jobID, lifetime: ScheduleStoreTrial.long)
    }
}
