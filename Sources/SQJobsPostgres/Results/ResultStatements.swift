/// The SQL on the rows of results, for one schema. A call's entries travel as lists, one statement for all of them; no
/// identity stands in one twice.
///
/// Rows are locked in the order of their ids, whoever wants them, so that no two calls wait for each other. What only
/// inserts, or meets rows through the primary key by `ON CONFLICT`, is prepared; all else is planned anew.
struct ResultStatements: Sendable {
    /// Inserts waiting jobs that have no row; returns the ids of those that were inserted.
    let insert: String
    /// Removes rows that were never claimed.
    let withdraw: String
    /// Grants claims; returns id, token and attempt of those that were granted.
    let claim: String
    /// Why claims were not granted: id, state and what is left of the lease.
    let refusals: String
    /// Renews leases; returns the ids of those that were renewed.
    let renew: String
    /// Writes progress.
    let report: String
    /// Writes how attempts ended; returns the ids of those that were written.
    let complete: String
    /// Sends notifications.
    let notify: String
    /// Looks rows up.
    let statuses: String
    /// The beginning of a list, up to its condition.
    let list: String
    /// Removes rows that finished long ago.
    let pruneFinished: String
    /// Removes rows that were not heard of for long.
    let pruneUnknown: String
    /// What it takes to run a job again.
    let rerunnable: String
    /// Makes a job that failed wait again.
    let reopen: String

    /// Makes the SQL.
    ///
    /// - Parameter schema: The schema of the table.
    init(_ schema: PostgresSchema) {
        let table = schema.qualified("results")

        insert = """
            WITH now AS MATERIALIZED (SELECT clock_timestamp() AS time)
            INSERT INTO \(table) (id, name, queue, state, created_at, updated_at, next_attempt_at, args, kwargs)
            SELECT job.id, job.name, job.queue, 'PENDING', now.time, now.time, now.time + job.delay, job.args, job.kwargs
            FROM now, unnest($1::text[], $2::text[], $3::text[], $4::interval[], $5::bytea[], $6::bytea[])
                AS job (id, name, queue, delay, args, kwargs)
            ORDER BY job.id COLLATE "C"
            ON CONFLICT (id) DO NOTHING
            RETURNING id
            """

        withdraw = """
            WITH idle AS MATERIALIZED (
                SELECT id FROM \(table) WHERE id = ANY($1) AND token = 0 ORDER BY id FOR UPDATE
            )
            DELETE FROM \(table) AS result USING idle WHERE result.id = idle.id
            """

        claim = """
            WITH now AS MATERIALIZED (SELECT clock_timestamp() AS time)
            INSERT INTO \(table) AS result (
                id, name, queue, state, attempt, token, created_at, started_at, updated_at, lease_ends_at, args, kwargs
            )
            SELECT
                job.id, job.name, job.queue, 'RUNNING', 1, 1, now.time, now.time, now.time, now.time + $6::interval,
                job.args, job.kwargs
            FROM now, unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::bytea[])
                AS job (id, name, queue, args, kwargs)
            ORDER BY job.id COLLATE "C"
            ON CONFLICT (id) DO UPDATE SET
                name = excluded.name,
                queue = excluded.queue,
                state = 'RUNNING',
                attempt = CASE result.state WHEN 'FAILURE' THEN 1 ELSE result.attempt + 1 END,
                token = result.token + 1,
                started_at = excluded.started_at,
                updated_at = excluded.updated_at,
                finished_at = NULL,
                next_attempt_at = NULL,
                lease_ends_at = excluded.lease_ends_at,
                progress = NULL,
                args = coalesce(result.args, excluded.args),
                kwargs = coalesce(result.kwargs, excluded.kwargs)
            WHERE result.state IN ('PENDING', 'FAILURE')
                OR (result.state = 'RUNNING' AND result.lease_ends_at <= excluded.started_at)
            RETURNING id, token, attempt
            """

        refusals = """
            SELECT id, state, lease_ends_at - clock_timestamp() FROM \(table) WHERE id = ANY($1)
            """

        renew = """
            WITH held AS MATERIALIZED (
                SELECT result.id
                FROM \(table) AS result JOIN unnest($1::text[], $2::bigint[]) AS claim (id, token) USING (id, token)
                WHERE result.state = 'RUNNING'
                ORDER BY result.id FOR NO KEY UPDATE OF result
            )
            UPDATE \(table) AS result SET lease_ends_at = clock_timestamp() + $3::interval
            FROM held WHERE result.id = held.id
            RETURNING result.id
            """

        report = """
            WITH held AS MATERIALIZED (
                SELECT result.id, report.progress
                FROM \(table) AS result
                    JOIN unnest($1::text[], $2::bigint[], $3::text[]) AS report (id, token, progress) USING (id, token)
                WHERE result.state = 'RUNNING'
                ORDER BY result.id FOR NO KEY UPDATE OF result
            )
            UPDATE \(table) AS result SET progress = held.progress, updated_at = clock_timestamp()
            FROM held WHERE result.id = held.id
            """

        complete = """
            WITH now AS MATERIALIZED (SELECT clock_timestamp() AS time),
            held AS MATERIALIZED (
                SELECT result.id, ending.state, ending.output, ending.error, ending.delay
                FROM \(table) AS result
                    JOIN unnest($1::text[], $2::bigint[], $3::text[], $4::bytea[], $5::text[], $6::interval[])
                        AS ending (id, token, state, output, error, delay) USING (id, token)
                ORDER BY result.id FOR NO KEY UPDATE OF result
            )
            UPDATE \(table) AS result SET
                state = held.state,
                output = CASE held.state WHEN 'PENDING' THEN result.output ELSE held.output END,
                error = CASE held.state WHEN 'PENDING' THEN coalesce(held.error, result.error) ELSE held.error END,
                updated_at = now.time,
                finished_at = CASE held.state WHEN 'PENDING' THEN NULL ELSE now.time END,
                next_attempt_at = now.time + held.delay,
                lease_ends_at = NULL
            FROM held, now WHERE result.id = held.id
            RETURNING result.id
            """

        notify = "SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload"

        let columns = """
            id, name, queue, state, attempt, created_at, started_at, updated_at, finished_at, next_attempt_at, progress, \
            error, output, args IS NOT NULL AS keeps_arguments, lease_ends_at - clock_timestamp() AS lease_remaining
            """
        statuses = "SELECT \(columns) FROM \(table) WHERE id = ANY($1)"
        list = "SELECT \(columns) FROM \(table)"

        pruneFinished = """
            WITH old AS MATERIALIZED (
                SELECT id FROM \(table) WHERE finished_at < (SELECT clock_timestamp()) - $1::interval
                ORDER BY finished_at LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            DELETE FROM \(table) AS result USING old WHERE result.id = old.id
            """

        // What is NULL is no time to compare with.
        pruneUnknown = """
            WITH old AS MATERIALIZED (
                SELECT id FROM \(table)
                WHERE finished_at IS NULL AND created_at < (SELECT clock_timestamp()) - $1::interval
                    AND greatest(updated_at, next_attempt_at, lease_ends_at) < (SELECT clock_timestamp()) - $1::interval
                ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            DELETE FROM \(table) AS result USING old WHERE result.id = old.id
            """

        rerunnable = """
            SELECT token, name, queue, args, kwargs FROM \(table)
            WHERE id = $1 AND state = 'FAILURE' AND args IS NOT NULL AND kwargs IS NOT NULL
            """

        reopen = """
            UPDATE \(table)
            SET state = 'PENDING', attempt = 0, token = token + 1, updated_at = clock_timestamp(), finished_at = NULL
            WHERE id = $1 AND token = $2 AND state = 'FAILURE'
            """
    }
}
