import SQJobsCore
import SQJobsPeriodic

import struct Foundation.Date

/// The rows of an ``InMemoryScheduleStore``: a plain state machine that is told the time with each call.
struct InMemorySchedules {
    var rows: [String: ScheduleStatus] = [:]
    var outbox = InMemoryOutbox()

    mutating func beat(
        at now: Date, limit: Int, queues: [QueueName], _ plan: (DueSchedule) -> ScheduleBeat
    ) -> BeatReport {
        let due = firing(in: queues).filter { $0.nextAt <= now }.prefix(limit)
        var firings = 0
        for (row, dueAt) in due {
            let name = row.schedule.name
            let beat = plan(
                DueSchedule(
                    name: name, schedule: .success(row.schedule), dueAt: dueAt, lastFiringAt: row.lastFiringAt))
            for entry in beat.entries where outbox.put(entry) { firings += 1 }
            rows[name]?.nextAt = beat.nextAt
            rows[name]?.lastFiringAt = beat.lastFiringAt ?? row.lastFiringAt
        }
        return BeatReport(schedules: due.count, firings: firings, nextAt: firing(in: queues).first?.nextAt)
    }

    mutating func synchronise(_ drafts: [ScheduleDraft], queues: [QueueName]) -> [String] {
        var clashes: [String] = []
        for draft in drafts where !add(draft, .job) {
            let name = draft.schedule.name
            if rows[name]?.origin == .app {
                clashes.append(name)
            } else {
                replace(draft)
                if rows[name]?.state == .gone { _ = enable(name, nextAt: draft.nextAt) }
            }
        }
        let known = Set(drafts.map(\.schedule.name))
        for (name, row) in rows where row.origin == .job && row.state == .enabled && !known.contains(name) {
            guard queues.isEmpty || queues.contains(row.schedule.queue) else { continue }
            rows[name]?.state = .gone
        }
        return clashes
    }

    mutating func add(_ draft: ScheduleDraft, _ origin: ScheduleOrigin) -> Bool {
        let name = draft.schedule.name
        guard rows[name] == nil else { return false }
        rows[name] = ScheduleStatus(
            schedule: draft.schedule, origin: origin, state: .enabled, nextAt: draft.nextAt, lastFiringAt: nil)
        return true
    }

    mutating func change(_ draft: ScheduleDraft) -> Bool {
        guard rows[draft.schedule.name]?.origin == .app else { return false }
        replace(draft)
        return true
    }

    mutating func enable(_ name: String, nextAt: Date?) -> Bool {
        guard let row = rows[name] else { return false }
        if row.state != .enabled {
            rows[name]?.state = .enabled
            rows[name]?.nextAt = nextAt
        }
        return true
    }

    mutating func disable(_ name: String) -> Bool {
        guard rows[name] != nil else { return false }
        rows[name]?.state = .disabled
        return true
    }

    func list(after name: String?, limit: Int) -> [ScheduleStatus] {
        rows.values
            .filter { row in name.map { Self.precedes($0, row.schedule.name) } ?? true }
            .sorted { Self.precedes($0.schedule.name, $1.schedule.name) }
            .prefix(limit).map(\.self)
    }

    /// The next time stays unless expression or zone change.
    private mutating func replace(_ draft: ScheduleDraft) {
        let (name, old, new) = (draft.schedule.name, rows[draft.schedule.name]?.schedule, draft.schedule)
        if old?.expression.resolvedText != new.expression.resolvedText || old?.timeZone != new.timeZone {
            rows[name]?.nextAt = draft.nextAt
        }
        rows[name]?.schedule = new
    }

    private func firing(in queues: [QueueName]) -> [(row: ScheduleStatus, nextAt: Date)] {
        rows.values.compactMap { row in
            guard row.state == .enabled, queues.isEmpty || queues.contains(row.schedule.queue) else { return nil }
            return row.nextAt.map { (row, $0) }
        }
        .sorted { ($0.nextAt, $0.row.schedule.name) < ($1.nextAt, $1.row.schedule.name) }
    }

    private static func precedes(_ name: String, _ other: String) -> Bool {
        name.utf8.lexicographicallyPrecedes(other.utf8)
    }
}
