import Foundation
import SQJobsCore
import SQJobsPeriodic

/// Reads and writes the columns of schedules.
enum ScheduleColumns {
    /// The values of an insertion or a change.
    static func values(of drafts: [ScheduleDraft], _ origin: ScheduleOrigin) -> [PostgresValue] {
        let rows = drafts.map { ScheduleRow($0.schedule) }
        return [
            .texts(rows.map(\.name)), .texts(rows.map(\.job)), .texts(rows.map(\.queue)), .bytesList(rows.map(\.args)),
            .bytesList(rows.map(\.kwargs)), .texts(rows.map(\.expression)), .texts(rows.map(\.timeZone)),
            .texts(rows.map(\.missedFirings)), .intervals(rows.map { $0.lateness?.storable }),
            .times(drafts.map(\.nextAt)), .text(origin.rawValue),
        ]
    }

    /// The schedule that is due.
    static func due(_ row: PostgresRow) throws -> DueSchedule {
        let texts = try texts(row)
        return DueSchedule(
            name: texts.name, schedule: Result { try texts.schedule() }, dueAt: try row.value("next_at"),
            lastFiringAt: try row.value("last_firing_at"))
    }

    /// The schedule as the store has it.
    ///
    /// - Throws: ``SQJobsError`` with code `storeRefused` when the row was written by something else.
    static func status(_ row: PostgresRow) throws -> ScheduleStatus {
        let schedule = try texts(row).schedule()
        guard let origin = ScheduleOrigin(rawValue: try row.value("origin")),
            let state = ScheduleState(rawValue: try row.value("state"))
        else {
            throw SQJobsError(
                .storeRefused,
                "The row of the schedule “\(schedule.name)” has a state that this program does not know: update it.")
        }
        return ScheduleStatus(
            schedule: schedule, origin: origin, state: state, nextAt: try row.value("next_at"),
            lastFiringAt: try row.value("last_firing_at"))
    }

    private static func texts(_ row: PostgresRow) throws -> ScheduleRow {
        ScheduleRow(
            name: try row.value("name"), job: try row.value("job"), queue: try row.value("queue"),
            args: try row.value("args"), kwargs: try row.value("kwargs"), expression: try row.value("expression"),
            timeZone: try row.value("time_zone"), missedFirings: try row.value("missed_firings"),
            lateness: try row.value("lateness"))
    }
}
