import GRDB
public import SQJobsCore
public import SQJobsPeriodic

public import struct Foundation.Date

/// The file's write lock is what beaters take turns by.
extension SQLiteStore: ScheduleStore {
    /// Fires what is due. A look comes first, for it needs no turn among the writers.
    public func beat(
        at now: Date, limit: Int, queues: [QueueName], _ plan: @escaping @Sendable (DueSchedule) -> ScheduleBeat
    ) async throws -> BeatReport {
        let next = try await read { try ScheduleRows($0).next(in: queues) }
        guard let next, next <= now else { return BeatReport(schedules: 0, firings: 0, nextAt: next) }
        return try await write { database in
            let (schedules, outbox) = (ScheduleRows(database), OutboxRows(database))
            let due = try schedules.due(at: now, limit: limit, queues: queues)
            var firings = 0
            for schedule in due {
                let beat = plan(schedule)
                for entry in beat.entries where try outbox.insert(entry) { firings += 1 }
                try schedules.write(beat, of: schedule.name)
            }
            return BeatReport(schedules: due.count, firings: firings, nextAt: try schedules.next(in: queues))
        }
    }

    /// Brings the schedules of registered jobs up to date.
    public func synchronise(_ drafts: [ScheduleDraft], queues: [QueueName]) async throws -> [String] {
        try await write { database in
            let rows = ScheduleRows(database)
            var clashes: [String] = []
            for draft in drafts where !(try rows.update(draft, .job)) {
                if !(try rows.insert(draft, .job)) { clashes.append(draft.schedule.name) }
            }
            try rows.markGone(except: Set(drafts.map(\.schedule.name)), queues: queues)
            return clashes
        }
    }

    /// Adds schedules.
    public func add(_ drafts: [ScheduleDraft]) async throws -> [Bool] {
        guard !drafts.isEmpty else { return [] }
        return try await write { database in
            let rows = ScheduleRows(database)
            return try drafts.map { try rows.insert($0, .app) }
        }
    }

    /// Changes a schedule.
    public func change(_ draft: ScheduleDraft) async throws -> Bool {
        try await write { try ScheduleRows($0).update(draft, .app) }
    }

    /// Has a schedule fire again.
    public func enable(_ name: String, nextAt: Date?) async throws -> Bool {
        try await write { try ScheduleRows($0).enable(name, nextAt: nextAt) }
    }

    /// Has a schedule no longer fire.
    public func disable(_ name: String) async throws -> Bool {
        try await write { try ScheduleRows($0).disable(name) }
    }

    /// Removes a schedule.
    public func remove(schedule name: String) async throws -> Bool {
        try await write { try ScheduleRows($0).delete(name) }
    }

    /// Looks a schedule up.
    public func schedule(_ name: String) async throws -> ScheduleStatus? {
        try await read { try ScheduleRows($0).status(of: name) }
    }

    /// Lists schedules.
    public func schedules(after name: String?, limit: Int) async throws -> [ScheduleStatus] {
        try await read { try ScheduleRows($0).page(after: name, limit: limit) }
    }
}
