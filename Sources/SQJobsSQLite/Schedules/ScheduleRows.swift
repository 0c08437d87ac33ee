import Foundation
import GRDB
import SQJobsCore
import SQJobsPeriodic
import SQJobsResults

/// The rows of schedules within one transaction.
struct ScheduleRows {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// When the next schedule is due.
    func next(in queues: [QueueName]) throws -> Date? {
        let next = try Int64.fetchOne(
            database,
            sql: """
                SELECT next_at FROM sqjobs_schedules
                WHERE state = 'ENABLED' AND next_at IS NOT NULL\(Self.condition(on: queues)) ORDER BY next_at LIMIT 1
                """,
            arguments: StatementArguments(queues.map(\.rawValue)))
        return next.map(StoreTime.date)
    }

    func due(at now: Date, limit: Int, queues: [QueueName]) throws -> [DueSchedule] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM sqjobs_schedules
                WHERE state = 'ENABLED' AND next_at IS NOT NULL AND next_at <= ?\(Self.condition(on: queues))
                ORDER BY next_at LIMIT ?
                """,
            arguments: [StoreTime.microseconds(now)] + StatementArguments(queues.map(\.rawValue)) + [limit]
        ).map { row in
            DueSchedule(
                name: row["name"], schedule: Result { try Self.row(row).schedule() },
                dueAt: StoreTime.date(row["next_at"]), lastFiringAt: Self.date(row["last_firing_at"]))
        }
    }

    func write(_ beat: ScheduleBeat, of name: String) throws {
        _ = try execute(
            """
            UPDATE sqjobs_schedules SET next_at = ?, last_firing_at = coalesce(?, last_firing_at) WHERE name = ?
            """,
            [
                beat.nextAt.map(StoreTime.microseconds), beat.lastFiringAt.map(StoreTime.microseconds), name,
            ])
    }

    func insert(_ draft: ScheduleDraft, _ origin: ScheduleOrigin) throws -> Bool {
        let row = ScheduleRow(draft.schedule)
        return try execute(
            """
            INSERT INTO sqjobs_schedules (
                name, origin, state, job, queue, args, kwargs, expression, time_zone, missed_firings, lateness, next_at
            )
            VALUES (?, ?, 'ENABLED', ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO NOTHING
            """,
            [
                row.name, origin.rawValue, row.job, row.queue, row.args, row.kwargs, row.expression, row.timeZone,
                row.missedFirings, row.lateness.map(StoreTime.microseconds),
                draft.nextAt.map(StoreTime.microseconds),
            ])
    }

    /// Writes a schedule anew; its next time stays unless expression or zone change, or its job was gone.
    func update(_ draft: ScheduleDraft, _ origin: ScheduleOrigin) throws -> Bool {
        let row = ScheduleRow(draft.schedule)
        return try execute(
            """
            UPDATE sqjobs_schedules SET
                next_at = CASE WHEN expression = ?1 AND time_zone = ?2 AND state <> 'GONE' THEN next_at ELSE ?3 END,
                state = CASE state WHEN 'GONE' THEN 'ENABLED' ELSE state END,
                expression = ?1, time_zone = ?2, job = ?4, queue = ?5, args = ?6, kwargs = ?7, missed_firings = ?8,
                lateness = ?9
            WHERE name = ?10 AND origin = ?11
            """,
            [
                row.expression, row.timeZone, draft.nextAt.map(StoreTime.microseconds), row.job, row.queue, row.args,
                row.kwargs, row.missedFirings, row.lateness.map(StoreTime.microseconds), row.name, origin.rawValue,
            ])
    }

    /// Notes which registered jobs are no longer there.
    func markGone(except names: Set<String>, queues: [QueueName]) throws {
        let known = try String.fetchAll(
            database,
            sql: """
                SELECT name FROM sqjobs_schedules WHERE origin = 'JOB' AND state = 'ENABLED'\(Self.condition(on: queues))
                """,
            arguments: StatementArguments(queues.map(\.rawValue)))
        for name in known where !names.contains(name) {
            _ = try execute("UPDATE sqjobs_schedules SET state = 'GONE' WHERE name = ?", [name])
        }
    }

    func enable(_ name: String, nextAt: Date?) throws -> Bool {
        try execute(
            """
            UPDATE sqjobs_schedules
            SET next_at = CASE state WHEN 'ENABLED' THEN next_at ELSE ? END, state = 'ENABLED' WHERE name = ?
            """,
            [nextAt.map(StoreTime.microseconds), name])
    }

    func disable(_ name: String) throws -> Bool {
        try execute("UPDATE sqjobs_schedules SET state = 'DISABLED' WHERE name = ?", [name])
    }

    func delete(_ name: String) throws -> Bool {
        try execute("DELETE FROM sqjobs_schedules WHERE name = ?", [name])
    }

    func status(of name: String) throws -> ScheduleStatus? {
        try Row.fetchOne(database, sql: "SELECT * FROM sqjobs_schedules WHERE name = ?", arguments: [name])
            .map(Self.status)
    }

    func page(after name: String?, limit: Int) throws -> [ScheduleStatus] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM sqjobs_schedules WHERE name > ? ORDER BY name LIMIT ?",
            arguments: [name ?? "", limit]
        ).map(Self.status)
    }

    private func execute(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
        return database.changesCount > 0
    }

    private static func status(_ row: Row) throws -> ScheduleStatus {
        let schedule = try Self.row(row).schedule()
        guard let origin = ScheduleOrigin(rawValue: row["origin"]), let state = ScheduleState(rawValue: row["state"])
        else {
            throw SQJobsError(
                .storeRefused,
                "The row of the schedule “\(schedule.name)” has a state that this program does not know: update it.")
        }
        return ScheduleStatus(
            schedule: schedule, origin: origin, state: state, nextAt: date(row["next_at"]),
            lastFiringAt: date(row["last_firing_at"]))
    }

    private static func row(_ row: Row) -> ScheduleRow {
        ScheduleRow(
            name: row["name"], job: row["job"], queue: row["queue"], args: row["args"], kwargs: row["kwargs"],
            expression: row["expression"], timeZone: row["time_zone"], missedFirings: row["missed_firings"],
            lateness: (row["lateness"] as Int64?).map { .microseconds($0) })
    }

    private static func date(_ microseconds: Int64?) -> Date? {
        microseconds.map(StoreTime.date)
    }

    private static func condition(on queues: [QueueName]) -> String {
        queues.isEmpty ? "" : " AND queue IN (\(queues.map { _ in "?" }.joined(separator: ", ")))"
    }
}
