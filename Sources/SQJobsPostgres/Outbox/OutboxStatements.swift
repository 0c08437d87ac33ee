/// The SQL on the outbox, for one schema. A call's entries travel as lists, one statement for all of them.
///
/// Rows are locked in the order of their numbers, but for claims, which skip what others have locked.
struct OutboxStatements: Sendable {
    /// Inserts entries; returns the once keys of those that were inserted and have one.
    let insert: String
    /// Claims entries and returns them.
    let claim: String
    /// Removes entries.
    let delete: String
    /// Removes entries that claims still hold, and returns them.
    let take: String
    /// Puts entries off.
    let postpone: String
    /// When the next entry becomes due.
    let nextDue: String
    /// Lists entries.
    let waiting: String
    /// Reserves unique keys; returns each with the job that has it.
    let reserve: String
    /// Frees unique keys.
    let free: String
    /// Removes keys that ran out.
    let pruneKeys: String

    /// Makes the SQL.
    ///
    /// - Parameter schema: The schema of the tables.
    init(_ schema: PostgresSchema) {
        let table = schema.qualified("outbox")
        let keys = schema.qualified("unique_keys")

        insert = """
            INSERT INTO \(table) (
                job_id, name, queue, args, kwargs, due_at, message_group, deduplication_id, attributes, ordering_key,
                once_key, is_prepared
            )
            SELECT
                job_id, name, queue, args, kwargs, due_at, message_group, deduplication_id, attributes, ordering_key,
                once_key, is_prepared
            FROM unnest(
                $1::text[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::timestamptz[], $7::text[], $8::text[],
                $9::text[], $10::text[], $11::text[], $12::boolean[]
            ) WITH ORDINALITY AS entry (
                job_id, name, queue, args, kwargs, due_at, message_group, deduplication_id, attributes, ordering_key,
                once_key, is_prepared, place
            )
            ORDER BY place
            ON CONFLICT (once_key) DO NOTHING
            RETURNING once_key
            """

        claim = """
            WITH now AS MATERIALIZED (SELECT clock_timestamp() AS time),
            due AS MATERIALIZED (
                SELECT candidate.number
                FROM \(table) AS candidate
                WHERE candidate.due_at <= $1 AND candidate.free_at <= (SELECT time FROM now)
                    AND (cardinality($4::text[]) = 0 OR candidate.queue = ANY($4::text[]))
                    AND (candidate.ordering_key IS NULL OR NOT EXISTS (
                        SELECT 1 FROM \(table) AS older
                        WHERE older.ordering_key = candidate.ordering_key AND older.number < candidate.number
                    ))
                ORDER BY candidate.due_at, candidate.number LIMIT $2
                FOR NO KEY UPDATE OF candidate SKIP LOCKED
            )
            UPDATE \(table) AS entry SET token = entry.token + 1, free_at = now.time + $3::interval
            FROM due, now WHERE entry.number = due.number
            RETURNING
                entry.number, entry.token, entry.refusals, entry.job_id, entry.name, entry.queue, entry.args,
                entry.kwargs, entry.due_at, entry.message_group, entry.deduplication_id, entry.attributes,
                entry.ordering_key, entry.once_key, entry.is_prepared
            """

        delete = """
            WITH sent AS MATERIALIZED (
                SELECT number FROM \(table) WHERE number = ANY($1) ORDER BY number FOR UPDATE
            )
            DELETE FROM \(table) AS entry USING sent WHERE entry.number = sent.number
            """

        take = """
            WITH held AS MATERIALIZED (
                SELECT entry.number
                FROM \(table) AS entry
                    JOIN unnest($1::bigint[], $2::bigint[]) AS claim (number, token) USING (number, token)
                ORDER BY entry.number FOR UPDATE OF entry
            )
            DELETE FROM \(table) AS entry USING held WHERE entry.number = held.number
            RETURNING entry.number
            """

        postpone = """
            WITH refused AS MATERIALIZED (
                SELECT entry.number, refusal.error, refusal.delay
                FROM \(table) AS entry
                    JOIN unnest($1::bigint[], $2::bigint[], $3::text[], $4::interval[])
                        AS refusal (number, token, error, delay) USING (number, token)
                ORDER BY entry.number FOR NO KEY UPDATE OF entry
            )
            UPDATE \(table) AS entry SET
                free_at = clock_timestamp() + refused.delay, refusals = entry.refusals + 1, error = refused.error
            FROM refused WHERE entry.number = refused.number
            """

        nextDue = """
            SELECT min(due_at) FROM \(table)
            WHERE due_at > $1 AND (cardinality($2::text[]) = 0 OR queue = ANY($2::text[]))
            """

        waiting = """
            SELECT number, job_id, name, queue, due_at, refusals, error FROM \(table)
            WHERE number > $1 ORDER BY number LIMIT $2
            """

        reserve = """
            WITH now AS MATERIALIZED (SELECT clock_timestamp() AS time)
            INSERT INTO \(keys) AS held (key, job_id, ends_at)
            SELECT wanted.key, wanted.job_id, now.time + wanted.lifetime
            FROM now, unnest($1::text[], $2::text[], $3::interval[]) AS wanted (key, job_id, lifetime)
            ORDER BY wanted.key COLLATE "C"
            ON CONFLICT (key) DO UPDATE SET
                job_id = CASE WHEN held.ends_at <= clock_timestamp() THEN excluded.job_id ELSE held.job_id END,
                ends_at = CASE WHEN held.ends_at <= clock_timestamp() THEN excluded.ends_at ELSE held.ends_at END
            RETURNING key, job_id
            """

        free = """
            WITH freed AS MATERIALIZED (
                SELECT held.key
                FROM \(keys) AS held
                    JOIN unnest($1::text[], $2::text[]) AS job (key, job_id)
                    ON job.key = held.key AND job.job_id = held.job_id
                ORDER BY held.key FOR UPDATE OF held
            )
            DELETE FROM \(keys) AS held USING freed WHERE held.key = freed.key
            """

        pruneKeys = """
            DELETE FROM \(keys) WHERE key IN (
                SELECT key FROM \(keys) WHERE ends_at <= clock_timestamp()
                ORDER BY ends_at LIMIT 100 FOR UPDATE SKIP LOCKED
            )
            """
    }
}
