/// The SQL on messages, for one schema. A call's entries travel as lists, one statement for all of them.
///
/// What goes by the size of a table is planned anew each time: between two looks of the server at a queue's table it may
/// have a thousand times the rows, or none. Claims are not left to such guesses: ``keepToIndexes`` goes before them, so
/// that one reads as many messages as it takes, however many wait. Messages are locked in the order of their numbers, so
/// that no two calls wait for each other.
struct MessageStatements: Sendable {
    /// A queue by its name.
    let queue: String
    /// Has the rest of the transaction planned once, to follow indexes in their order.
    let keepToIndexes: String
    /// Lets messages wait whose delay or lease is over.
    let wakeDue: String
    /// Takes messages.
    let claim: String
    /// Whether a queue is there, whether something waits there, and when the next message will.
    let look: String
    /// Says that somebody waits.
    let announce: String
    /// Puts messages on a queue without order. The queue is there until they are: whoever removes it waits for its row.
    let insert: String
    /// Tells who waits.
    let notify: String
    /// Locks a queue with order.
    let lock: String
    /// Numbers for messages.
    let numbers: String
    /// Forgets deduplication ids whose time is over.
    let forgetRepeats: String
    /// Remembers deduplication ids.
    let rememberRepeats: String
    /// The messages of deduplication ids.
    let repeats: String
    /// Puts messages on a queue with order.
    let insertOrdered: String
    /// Holds messages for longer.
    let extend: String
    /// Puts messages back.
    let release: String
    /// Deletes messages.
    let delete: String
    /// Which messages are there.
    let present: String
    /// Takes messages to the dead.
    let bury: String
    /// Lets the next of each group wait for a receiver.
    let makeWay: String

    /// Makes the SQL.
    ///
    /// - Parameter schema: The schema of the tables.
    init(_ schema: PostgresSchema) {
        let (queues, messages) = (schema.qualified("queues"), schema.qualified("messages"))
        let (dead, known) = (schema.qualified("dead"), schema.qualified("repeats"))

        queue = "SELECT id, visibility, is_ordered, maximum_receives FROM \(queues) WHERE name = $1"

        keepToIndexes = Self.setting([
            "enable_seqscan": "off", "enable_bitmapscan": "off", "enable_sort": "off", "enable_hashjoin": "off",
            "enable_mergejoin": "off", "jit": "off", "plan_cache_mode": "force_generic_plan",
        ])

        wakeDue = """
            WITH due AS MATERIALIZED (
                SELECT id FROM \(messages)
                WHERE queue = $1 AND state IN (1, 2) AND visible_at <= (SELECT clock_timestamp())
                ORDER BY visible_at LIMIT 1000 FOR UPDATE SKIP LOCKED
            )
            UPDATE \(messages) AS message SET state = 0, visible_at = NULL FROM due WHERE message.id = due.id
            """

        claim = """
            WITH taken AS MATERIALIZED (
                SELECT id FROM \(messages)
                WHERE queue = (SELECT id FROM \(queues) WHERE id = $1 AND NOT is_paused) AND state = 0
                ORDER BY priority DESC, id LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            UPDATE \(messages) AS message SET
                state = 2, visible_at = clock_timestamp() + $3::interval, token = token + 1, receives = receives + 1
            FROM taken WHERE message.id = taken.id
            RETURNING message.id, priority, token, receives, sent_at, group_key, attributes, body
            """

        look = """
            SELECT
                is_paused,
                EXISTS (SELECT 1 FROM \(messages) WHERE queue = $1 AND state = 0),
                (SELECT min(visible_at) FROM \(messages) WHERE queue = $1 AND state IN (1, 2)) - clock_timestamp(),
                waited_for_until > clock_timestamp() + $2::interval
            FROM \(queues) WHERE id = $1
            """

        announce = "UPDATE \(queues) SET waited_for_until = clock_timestamp() + $2::interval WHERE id = $1"

        insert = """
            WITH now AS MATERIALIZED (SELECT clock_timestamp() AS time)
            INSERT INTO \(messages) (queue, state, priority, visible_at, sent_at, attributes, body)
            SELECT
                queue.id, CASE WHEN message.delay > interval '0' THEN 1 ELSE 0 END, message.priority,
                CASE WHEN message.delay > interval '0' THEN now.time + message.delay END, now.time, message.attributes,
                message.body
            FROM now, (SELECT id FROM \(queues) WHERE id = $1 FOR KEY SHARE) AS queue,
                unnest($2::text[], $3::text[], $4::bigint[], $5::interval[])
                    WITH ORDINALITY AS message (body, attributes, priority, delay, place)
            ORDER BY message.place
            RETURNING id
            """

        notify = """
            SELECT pg_notify($2, '') FROM \(queues) WHERE id = $1 AND waited_for_until > clock_timestamp()
            """

        lock = "SELECT 1 FROM \(queues) WHERE id = $1 FOR NO KEY UPDATE"

        numbers = """
            SELECT nextval(pg_get_serial_sequence('\(messages)', 'id')) FROM generate_series(1, $1::bigint)
            """

        forgetRepeats = "DELETE FROM \(known) WHERE ends_at <= clock_timestamp()"

        rememberRepeats = """
            INSERT INTO \(known) (queue, id, message, ends_at)
            SELECT $1, sent.id, sent.message, clock_timestamp() + $4::interval
            FROM unnest($2::text[], $3::bigint[]) AS sent (id, message)
            WHERE sent.id IS NOT NULL
            ON CONFLICT (queue, id) DO NOTHING
            """

        repeats = "SELECT id, message FROM \(known) WHERE queue = $1 AND id = ANY($2)"

        insertOrdered = """
            WITH now AS MATERIALIZED (SELECT clock_timestamp() AS time)
            INSERT INTO \(messages) (id, queue, state, priority, visible_at, sent_at, group_key, attributes, body)
            SELECT
                message.id, $1,
                CASE
                    WHEN row_number() OVER (PARTITION BY message.group_key ORDER BY message.id) > 1 THEN 3
                    WHEN EXISTS (
                        SELECT 1 FROM \(messages) AS other WHERE other.queue = $1 AND other.group_key = message.group_key
                    ) THEN 3
                    WHEN message.delay > interval '0' THEN 1
                    ELSE 0
                END,
                0, CASE WHEN message.delay > interval '0' THEN now.time + message.delay END, now.time,
                message.group_key, message.attributes, message.body
            FROM now, unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::interval[])
                AS message (id, group_key, body, attributes, delay)
            """

        extend = """
            WITH held AS MATERIALIZED (
                SELECT message.id
                FROM \(messages) AS message JOIN unnest($1::bigint[], $2::bigint[]) AS given (id, token) USING (id, token)
                WHERE state = 2 AND visible_at > clock_timestamp()
                ORDER BY message.id FOR UPDATE OF message
            )
            UPDATE \(messages) AS message SET visible_at = clock_timestamp() + $3::interval
            FROM held WHERE message.id = held.id
            RETURNING message.id
            """

        release = """
            WITH held AS MATERIALIZED (
                SELECT message.id, given.delay
                FROM \(messages) AS message
                    JOIN unnest($1::bigint[], $2::bigint[], $3::interval[]) AS given (id, token, delay) USING (id, token)
                WHERE state = 2 AND visible_at > clock_timestamp()
                ORDER BY message.id FOR UPDATE OF message
            )
            UPDATE \(messages) AS message SET
                state = CASE WHEN held.delay > interval '0' THEN 1 ELSE 0 END,
                visible_at = CASE WHEN held.delay > interval '0' THEN clock_timestamp() + held.delay END,
                token = token + 1
            FROM held WHERE message.id = held.id
            RETURNING message.id
            """

        delete = """
            WITH held AS MATERIALIZED (
                SELECT message.id
                FROM \(messages) AS message JOIN unnest($1::bigint[], $2::bigint[]) AS given (id, token) USING (id, token)
                ORDER BY message.id FOR UPDATE OF message
            )
            DELETE FROM \(messages) AS message USING held WHERE message.id = held.id
            RETURNING message.id
            """

        present = "SELECT id FROM \(messages) WHERE id = ANY($1)"

        bury = """
            WITH held AS MATERIALIZED (
                SELECT message.id
                FROM \(messages) AS message JOIN unnest($1::bigint[], $2::bigint[]) AS given (id, token) USING (id, token)
                WHERE state = 2 AND visible_at > clock_timestamp()
                ORDER BY message.id FOR UPDATE OF message
            ),
            gone AS (
                DELETE FROM \(messages) AS message USING held WHERE message.id = held.id RETURNING message.*
            )
            INSERT INTO \(dead) (id, queue, sent_at, died_at, priority, reason, group_key, attributes, body)
            SELECT id, queue, sent_at, clock_timestamp(), priority, $3, group_key, attributes, body FROM gone
            RETURNING id
            """

        makeWay = """
            WITH next AS MATERIALIZED (
                SELECT head.id
                FROM unnest($2::text[]) AS emptied (key), LATERAL (
                    SELECT id FROM \(messages) AS message
                    WHERE message.queue = $1 AND message.group_key = emptied.key ORDER BY message.id LIMIT 1
                ) AS head
            )
            UPDATE \(messages) AS message SET
                state = CASE WHEN visible_at > clock_timestamp() THEN 1 ELSE 0 END,
                visible_at = CASE WHEN visible_at > clock_timestamp() THEN visible_at END
            FROM next WHERE message.id = next.id AND message.state = 3
            """
    }

    /// SQL that sets parameters of the server for the rest of the transaction.
    private static func setting(_ parameters: KeyValuePairs<String, String>) -> String {
        "SELECT " + parameters.map { "set_config('\($0)', '\($1)', true)" }.joined(separator: ", ")
    }
}
