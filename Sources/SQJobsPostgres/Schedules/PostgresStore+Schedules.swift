public import SQJobsCore
public import SQJobsPeriodic

public import struct Foundation.Date

/// A schedule's row is what beaters take turns by: `FOR NO KEY UPDATE SKIP LOCKED`.
extension PostgresStore: ScheduleStore {
    private var scheduleSQL: ScheduleStatements { ScheduleStatements(pool.url.schema) }

    /// Fires what is due. A look comes first, for most beats find nothing.
    public func beat(
        at now: Date, limit: Int, queues: [QueueName], _ plan: @escaping @Sendable (DueSchedule) -> ScheduleBeat
    ) async throws -> BeatReport {
        let next = PostgresStatement.plannedAnew(scheduleSQL.next, .texts(queues.map(\.rawValue)))
        let first = try await using { try await $0.execute(next).first?.value(0, as: Date?.self) }
        guard let first, first <= now else { return BeatReport(schedules: 0, firings: 0, nextAt: first) }
        let due = PostgresStatement.plannedAnew(
            scheduleSQL.due, .time(now), .integer(limit), .texts(queues.map(\.rawValue)))
        return try await using { [scheduleSQL] pool in
            let insert = OutboxStatements(pool.url.schema).insert
            return try await pool.transaction { connection in
                let found = try await connection.execute(due).map { try ScheduleColumns.due($0) }
                let beats = found.map(plan)
                let entries = beats.flatMap(\.entries)
                let rows = try await connection.pipeline([
                    PostgresStatement(insert, try OutboxColumns.values(of: entries)),
                    .plannedAnew(
                        scheduleSQL.write, .texts(found.map(\.name)), .times(beats.map(\.nextAt)),
                        .times(beats.map(\.lastFiringAt))),
                    next,
                ])
                return BeatReport(
                    schedules: found.count, firings: rows[0].count, nextAt: try rows[2].first?.value(0, as: Date?.self))
            }
        }
    }

    /// Brings the schedules of registered jobs up to date.
    public func synchronise(_ drafts: [ScheduleDraft], queues: [QueueName]) async throws -> [String] {
        let markGone = PostgresStatement.plannedAnew(
            scheduleSQL.markGone, .texts(drafts.map(\.schedule.name)), .texts(queues.map(\.rawValue)))
        return try await using { [scheduleSQL, notice] pool in
            try await pool.transaction { connection in
                let known = try await connection.execute(
                    PostgresStatement(scheduleSQL.update, ScheduleColumns.values(of: drafts, .job), isPlannedAnew: true)
                )
                let updated = Set(try known.map { try $0.value(0, as: String.self) })
                let new = drafts.filter { !updated.contains($0.schedule.name) }
                let rows = try await connection.pipeline([
                    PostgresStatement(scheduleSQL.insert, ScheduleColumns.values(of: new, .job)), markGone, notice,
                ])
                let inserted = Set(try rows[0].map { try $0.value(0, as: String.self) })
                return new.map(\.schedule.name).filter { !inserted.contains($0) }
            }
        }
    }

    /// Adds schedules.
    public func add(_ drafts: [ScheduleDraft]) async throws -> [Bool] {
        guard !drafts.isEmpty else { return [] }
        let insert = PostgresStatement(scheduleSQL.insert, ScheduleColumns.values(of: drafts, .app))
        let rows = try await using { [notice] in try await $0.pipeline([insert, notice])[0] }
        var inserted = Set(try rows.map { try $0.value(0, as: String.self) })
        // Of two with one name the first was inserted.
        return drafts.map { inserted.remove($0.schedule.name) != nil }
    }

    /// Changes a schedule.
    public func change(_ draft: ScheduleDraft) async throws -> Bool {
        let values = ScheduleColumns.values(of: [draft], .app)
        return try await write(PostgresStatement(scheduleSQL.update, values, isPlannedAnew: true))
    }

    /// Has a schedule fire again.
    public func enable(_ name: String, nextAt: Date?) async throws -> Bool {
        try await write(.plannedAnew(scheduleSQL.enable, .text(name), .time(nextAt)))
    }

    /// Has a schedule no longer fire.
    public func disable(_ name: String) async throws -> Bool {
        try await write(.plannedAnew(scheduleSQL.disable, .text(name)))
    }

    /// Removes a schedule.
    public func remove(schedule name: String) async throws -> Bool {
        try await write(.plannedAnew(scheduleSQL.delete, .text(name)))
    }

    /// Looks a schedule up.
    public func schedule(_ name: String) async throws -> ScheduleStatus? {
        let status = PostgresStatement.plannedAnew(scheduleSQL.status, .text(name))
        return try await using { try await $0.execute(status).first.map { try ScheduleColumns.status($0) } }
    }

    /// Lists schedules.
    public func schedules(after name: String?, limit: Int) async throws -> [ScheduleStatus] {
        let page = PostgresStatement.plannedAnew(scheduleSQL.page, .text(name ?? ""), .integer(limit))
        return try await using { try await $0.execute(page).map { try ScheduleColumns.status($0) } }
    }

    /// Changes a schedule and tells beaters.
    ///
    /// - Returns: Whether there was such a schedule.
    private func write(_ statement: PostgresStatement) async throws -> Bool {
        try await using { [notice] in try await $0.pipeline([statement, notice])[0].affected > 0 }
    }
}
