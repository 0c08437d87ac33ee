/// The SQL on schedules, for one schema.
struct ScheduleStatements: Sendable {
    /// When the next schedule is due.
    let next: String
    /// Locks and returns schedules that are due; those that another beater has locked are left to it.
    let due: String
    /// Writes next times and last firings.
    let write: String
    /// Inserts schedules; returns the names of those that were inserted.
    let insert: String
    /// Writes schedules anew; returns the names of those that are there.
    let update: String
    /// Notes which registered jobs are no longer there.
    let markGone: String
    /// Has a schedule fire again.
    let enable: String
    /// Has a schedule no longer fire.
    let disable: String
    /// Removes a schedule.
    let delete: String
    /// Looks a schedule up.
    let status: String
    /// Lists schedules.
    let page: String

    /// Makes the SQL.
    ///
    /// - Parameter schema: The schema of the table.
    init(_ schema: PostgresSchema) {
        let table = schema.qualified("schedules")
        let columns = """
            name, origin, state, job, queue, args, kwargs, expression, time_zone, missed_firings, lateness, next_at, \
            last_firing_at
            """
        let given = """
            unnest(
                $1::text[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::text[], $7::text[], $8::text[],
                $9::interval[], $10::timestamptz[]
            ) AS draft (name, job, queue, args, kwargs, expression, time_zone, missed_firings, lateness, next_at)
            """

        next = """
            SELECT min(next_at) FROM \(table)
            WHERE state = 'ENABLED' AND next_at IS NOT NULL AND (cardinality($1::text[]) = 0 OR queue = ANY($1::text[]))
            """

        due = """
            SELECT \(columns) FROM \(table)
            WHERE state = 'ENABLED' AND next_at IS NOT NULL AND next_at <= $1
                AND (cardinality($3::text[]) = 0 OR queue = ANY($3::text[]))
            ORDER BY next_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
            """

        write = """
            UPDATE \(table) AS schedule SET
                next_at = beat.next_at, last_firing_at = coalesce(beat.last_firing_at, schedule.last_firing_at)
            FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS beat (name, next_at, last_firing_at)
            WHERE schedule.name = beat.name
            """

        insert = """
            INSERT INTO \(table) (
                name, origin, state, job, queue, args, kwargs, expression, time_zone, missed_firings, lateness, next_at
            )
            SELECT
                name, $11, 'ENABLED', job, queue, args, kwargs, expression, time_zone, missed_firings, lateness, next_at
            FROM \(given)
            ORDER BY name COLLATE "C"
            ON CONFLICT (name) DO NOTHING
            RETURNING name
            """

        update = """
            UPDATE \(table) AS schedule SET
                next_at = CASE
                    WHEN schedule.expression = draft.expression AND schedule.time_zone = draft.time_zone
                        AND schedule.state <> 'GONE' THEN schedule.next_at
                    ELSE draft.next_at
                END,
                state = CASE schedule.state WHEN 'GONE' THEN 'ENABLED' ELSE schedule.state END,
                job = draft.job, queue = draft.queue, args = draft.args, kwargs = draft.kwargs,
                expression = draft.expression, time_zone = draft.time_zone, missed_firings = draft.missed_firings,
                lateness = draft.lateness
            FROM \(given)
            WHERE schedule.name = draft.name AND schedule.origin = $11
            RETURNING schedule.name
            """

        markGone = """
            UPDATE \(table) SET state = 'GONE'
            WHERE origin = 'JOB' AND state = 'ENABLED' AND name <> ALL($1::text[])
                AND (cardinality($2::text[]) = 0 OR queue = ANY($2::text[]))
            """

        enable = """
            UPDATE \(table)
            SET next_at = CASE state WHEN 'ENABLED' THEN next_at ELSE $2::timestamptz END, state = 'ENABLED'
            WHERE name = $1
            """

        disable = "UPDATE \(table) SET state = 'DISABLED' WHERE name = $1"

        delete = "DELETE FROM \(table) WHERE name = $1"

        status = "SELECT \(columns) FROM \(table) WHERE name = $1"

        page = "SELECT \(columns) FROM \(table) WHERE name > $1 ORDER BY name LIMIT $2"
    }
}
