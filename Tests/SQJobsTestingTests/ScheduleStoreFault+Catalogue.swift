import SQJobsTesting

import struct Foundation.Date

extension ScheduleStoreFault {
    /// For each conformance case a store that breaks its promise.
    static let catalogue: [String: ScheduleStoreFault] = outbox.merging(order, uniquingKeysWith: keepFirst)
        .merging(unique, uniquingKeysWith: keepFirst)
        .merging(schedules, uniquingKeysWith: keepFirst)
        .merging(registration, uniquingKeysWith: keepFirst)
        .merging(beats, uniquingKeysWith: keepFirst)
        .merging(beaters, uniquingKeysWith: keepFirst)
        .merging(crashes, uniquingKeysWith: keepFirst)

    private static let outbox: [String: ScheduleStoreFault] = [
        "an entry comes back as it went in": puttingWith { $0.attributes = [:] },
        "a text with a NUL is refused beforehand by an error that names it": with {
            $0.put = { _, entries in entries.map { _ in true } }
        },
        "an entry is not claimed before it is due": with {
            $0.claim = { memory, limit, _, lease, queues in
                try await memory.claim(limit, at: .distantFuture, lease: lease, queues: queues)
            }
        },
        "entries are claimed in the order in which they became due, up to the limit": claimingWith { $0.reversed() },
        "an entry that is held is not claimed by another relay until its lease ends": with {
            $0.claim = { memory, limit, now, _, queues in
                try await memory.claim(limit, at: now, lease: .zero, queues: queues)
            }
        },
        "an entry that was removed is gone, whoever held it last": with { $0.remove = { _, _ in } },
        "an entry whose once key waits is not put in again": puttingWith { $0.onceKey = nil },
        "the next time at which an entry becomes due is known": with {
            $0.nextDue = { memory, now, _ in try await memory.nextDue(after: now, queues: []) }
        },
        "entries of queues that were not asked for are left alone": with {
            $0.claim = { memory, limit, now, lease, _ in
                try await memory.claim(limit, at: now, lease: lease, queues: [])
            }
        },
        "what waits is listed in order, page by page": with {
            $0.waiting = { memory, _, limit in try await memory.waiting(after: 0, limit: limit) }
        },
        "relays that race claim each entry once": claimingWith { claims in
            Array(claims.flatMap { [$0, $0] }.prefix(7))
        },
    ]

    private static let order: [String: ScheduleStoreFault] = [
        "an entry with an ordering key waits for every older one of its key": unordered,
        "an older entry that is not due holds up its own key alone": unordered,
        "an older entry that is put off holds up its own key alone": unordered,
        "an older entry of another queue holds up its key too": unordered,
        "an entry that was put off comes back after its delay, with the error and the count": with {
            $0.postpone = { _, _ in }
        },
        "a relay whose claim is no longer the newest puts nothing off": unfenced,
    ]

    private static let unique: [String: ScheduleStoreFault] = [
        "a unique key belongs to one job until it is freed": with { $0.reserve = { $1.map(\.jobID) } },
        "a unique key whose time has run out is free": with {
            $0.reserve = { memory, reservations in
                try await memory.reserve(
                    reservations.map {
                        UniqueReservation(key: $0.key, jobID: $0.jobID, lifetime: .seconds(100_000))
                    })
            }
        },
        "a unique key is freed only by the job that has it": with {
            $0.free = { memory, reservations in
                let holders = try await memory.reserve(reservations)
                try await memory.free(
                    zip(reservations, holders).map { UniqueReservation(key: $0.key, jobID: $1) })
            }
        },
    ]

    private static let schedules: [String: ScheduleStoreFault] = [
        "a schedule comes back as it was added": with {
            $0.schedule = { memory, name in
                var status = try await memory.schedule(name)
                status?.schedule.lateness = nil
                return status
            }
        },
        "a name is added once": with {
            $0.add = { memory, drafts in
                _ = try await memory.add(drafts)
                return drafts.map { _ in true }
            }
        },
        "a change of expression or zone gives a new next time, any other keeps it": with {
            $0.change = { memory, draft in
                let isKnown = try await memory.change(draft)
                _ = try await memory.disable(draft.schedule.name)
                _ = try await memory.enable(draft.schedule.name, nextAt: draft.nextAt)
                return isKnown
            }
        },
        "what is not there cannot be changed, enabled, disabled or removed": boastful,
        "a schedule that is disabled does not fire until it is enabled": with { $0.disable = { _, _ in true } },
        "a schedule that is removed is gone, and what it fired is still sent": with {
            $0.removeSchedule = { _, _ in true }
        },
        "schedules are listed in the order of the bytes of their names, page by page": with {
            $0.schedules = { memory, name, limit in try await memory.schedules(after: name, limit: limit).reversed() }
        },
    ]

    private static let registration: [String: ScheduleStoreFault] = [
        "an unchanged schedule of a registered job keeps its next time": with {
            $0.synchronise = { memory, drafts, queues in
                let clashes = try await memory.synchronise(drafts, queues: queues)
                for draft in drafts {
                    _ = try await memory.disable(draft.schedule.name)
                    _ = try await memory.enable(draft.schedule.name, nextAt: draft.nextAt)
                }
                return clashes
            }
        },
        "a schedule whose job is gone is disabled, not deleted, and comes back with it": reviving,
        "what somebody disabled stays so when a beater starts": reviving,
        "a schedule that somebody added is not taken over by a registered job": with {
            $0.synchronise = { memory, drafts, queues in
                for draft in drafts { _ = try await memory.remove(schedule: draft.schedule.name) }
                return try await memory.synchronise(drafts, queues: queues)
            }
        },
        "a registered job's schedule cannot be changed by hand": boastful,
        "a beater of some queues leaves the schedules of others alone when it starts": with {
            $0.synchronise = { memory, drafts, _ in try await memory.synchronise(drafts, queues: []) }
        },
    ]

    private static let beats: [String: ScheduleStoreFault] = [
        "a schedule that is due is written with its firing and its next time": silent,
        "the plan is told when a schedule became due and when it fired last": planningWith { due, plan in
            plan(DueSchedule(name: due.name, schedule: due.schedule, dueAt: due.dueAt, lastFiringAt: nil))
        },
        "a plan that fires nothing moves the schedule on": planningWith { due, plan in
            let beat = plan(due)
            return ScheduleBeat(
                entries: beat.entries, lastFiringAt: beat.lastFiringAt, nextAt: beat.nextAt ?? due.dueAt)
        },
        "a beat takes as many schedules as it is asked for": with {
            $0.beat = { memory, now, _, queues, plan in
                try await memory.beat(at: now, limit: 1000, queues: queues, plan)
            }
        },
        "schedules of queues that were not asked for are left alone": with {
            $0.beat = { memory, now, limit, _, plan in
                try await memory.beat(at: now, limit: limit, queues: [], plan)
            }
        },
        "a firing whose once key waits is not put in again": firingWith { entries in
            entries.map { changed($0) { $0.onceKey = nil } }
        },
        "beaters that race on the same schedules fire each of them once": repeating,
    ]

    private static let beaters: [String: ScheduleStoreFault] = [
        "two beaters on the same due schedules send each firing once": repeating,
        "a queue that refuses holds up no other, and its firings are not lost": with {
            $0.postpone = { memory, refusals in try await memory.remove(refusals.map(\.number)) }
        },
        "firings of a schedule are sent in order after the broker was away": with {
            $0.beat = { memory, now, limit, queues, plan in
                try await memory.beat(at: now, limit: limit, queues: queues) { due in
                    let beat = plan(due)
                    return ScheduleBeat(
                        entries: beat.entries.map { changed($0) { $0.orderingKey = nil } },
                        lastFiringAt: beat.lastFiringAt, nextAt: beat.nextAt)
                }
            }
            $0.claim = { memory, limit, now, lease, queues in
                try await memory.claim(limit, at: now, lease: lease, queues: queues).reversed()
            }
        },
        "a clock that jumps ahead and back again fires nothing twice": planningWith { due, plan in
            ScheduleBeat(entries: plan(due).entries, lastFiringAt: nil, nextAt: due.dueAt)
        },
        "a schedule that is edited while it is due fires by what it says then": boastful,
        "a schedule that is run now fires once more, and keeps its next time": with {
            $0.put = { _, entries in entries.map { _ in true } }
        },
    ]

    private static let crashes = Dictionary(
        uniqueKeysWithValues: ["beat", "claim", "send", "remove"].flatMap { step in
            ["before", "after"].map { when in
                ("a beater that dies \(when) its \(step) loses no firing, and repeats have the same id", silent)
            }
        })

    /// Says that it changed what it did not.
    private static let boastful = with { $0.change = { _, _ in true } }

    private static func keepFirst(
        _ first: ScheduleStoreFault, _ second: ScheduleStoreFault
    ) -> ScheduleStoreFault { first }
}
