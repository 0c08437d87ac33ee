import SQJobsTesting

import struct Foundation.Date

extension ScheduleStoreFault {
    /// Puts other entries in than it was given.
    static func puttingWith(_ change: @escaping @Sendable (inout OutboxEntry) -> Void) -> ScheduleStoreFault {
        with {
            $0.put = { memory, entries in try await memory.put(entries.map { changed($0, change) }) }
        }
    }

    /// Gives other claims than it took.
    static func claimingWith(
        _ change: @escaping @Sendable ([OutboxClaim]) -> [OutboxClaim]
    ) -> ScheduleStoreFault {
        with {
            $0.claim = { memory, limit, now, lease, queues in
                change(try await memory.claim(limit, at: now, lease: lease, queues: queues))
            }
        }
    }

    /// Plans otherwise than it was told to.
    static func planningWith(
        _ change: @escaping @Sendable (DueSchedule, @escaping Plan) -> ScheduleBeat
    ) -> ScheduleStoreFault {
        with {
            $0.beat = { memory, now, limit, queues, plan in
                try await memory.beat(at: now, limit: limit, queues: queues) { change($0, plan) }
            }
        }
    }

    /// Writes other firings than were planned.
    static func firingWith(
        _ change: @escaping @Sendable ([OutboxEntry]) -> [OutboxEntry]
    ) -> ScheduleStoreFault {
        planningWith { due, plan in
            let beat = plan(due)
            return ScheduleBeat(
                entries: change(beat.entries), lastFiringAt: beat.lastFiringAt, nextAt: beat.nextAt)
        }
    }

    /// Forgets what has to be sent in order.
    static let unordered = puttingWith { $0.orderingKey = nil }

    /// Moves schedules on without firing them.
    static let silent = firingWith { _ in [] }

    /// Writes each firing twice.
    static let repeating = firingWith { entries in
        entries + entries.map { changed($0) { $0.onceKey = nil } }
    }

    /// Has every schedule fire again when a beater starts, whatever became of it.
    static let reviving = with {
        $0.synchronise = { memory, drafts, queues in
            let clashes = try await memory.synchronise(drafts, queues: queues)
            for status in try await memory.schedules(after: nil, limit: 1000) {
                _ = try await memory.enable(status.schedule.name, nextAt: status.nextAt)
            }
            return clashes
        }
    }

    /// Lets a relay that is late put an entry off that another holds.
    static let unfenced = with { fault in
        let newest = NewestClaims()
        fault.claim = { memory, limit, now, lease, queues in
            let claims = try await memory.claim(limit, at: now, lease: lease, queues: queues)
            newest.note(claims)
            return claims
        }
        fault.postpone = { memory, refusals in
            try await memory.postpone(
                refusals.compactMap { refusal in
                    newest.claim(of: refusal.number).map {
                        OutboxRefusal($0, error: refusal.error, delay: refusal.delay)
                    }
                })
        }
    }

    static func changed(_ entry: OutboxEntry, _ change: (inout OutboxEntry) -> Void) -> OutboxEntry {
        var entry = entry
        change(&entry)
        return entry
    }
}
