/// The SQL on whole queues and their dead messages, for one schema.
struct QueueStatements: Sendable {
    /// The queues there are.
    let names: String
    /// Makes a queue.
    let insert: String
    /// Removes a queue with all that it holds.
    let remove: [String]
    /// Deletes a queue's messages.
    let purge: String
    /// Whether a queue is paused.
    let isPaused: String
    /// Pauses a queue, or ends that.
    let setPaused: String
    /// How much a queue holds.
    let statistics: String
    /// Dead messages.
    let dead: String
    /// The numbers of dead messages.
    let deadIDs: String
    /// Takes dead messages away.
    let takeDead: String

    /// Makes the SQL.
    ///
    /// - Parameter schema: The schema of the tables.
    init(_ schema: PostgresSchema) {
        let (queues, messages) = (schema.qualified("queues"), schema.qualified("messages"))
        let (buried, repeats) = (schema.qualified("dead"), schema.qualified("repeats"))

        names = "SELECT name FROM \(queues) ORDER BY name"

        insert = """
            INSERT INTO \(queues) (name, visibility, is_ordered, maximum_receives) VALUES ($1, $2, $3, $4)
            ON CONFLICT (name) DO NOTHING
            """

        remove =
            ["DELETE FROM \(queues) WHERE id = $1"]
            + [messages, buried, repeats].map { "DELETE FROM \($0) WHERE queue = $1" }

        purge = "DELETE FROM \(messages) WHERE queue = $1"

        isPaused = "SELECT is_paused FROM \(queues) WHERE id = $1"

        setPaused = "UPDATE \(queues) SET is_paused = $2 WHERE id = $1"

        statistics = """
            WITH now AS MATERIALIZED (SELECT clock_timestamp() AS time)
            SELECT
                (SELECT count(*) FROM \(messages) WHERE queue = $1 AND state = 0)
                    + (SELECT count(*) FROM \(messages) WHERE queue = $1 AND state = 3 AND group_key IS NOT NULL)
                    + (SELECT count(*) FROM \(messages)
                        WHERE queue = $1 AND state IN (1, 2) AND visible_at <= now.time),
                (SELECT count(*) FROM \(messages)
                    WHERE queue = $1 AND state IN (1, 2) AND state = 1 AND visible_at > now.time),
                (SELECT count(*) FROM \(messages)
                    WHERE queue = $1 AND state IN (1, 2) AND state = 2 AND visible_at > now.time),
                (SELECT count(*) FROM \(buried) WHERE queue = $1)
            FROM \(queues), now WHERE id = $1
            """

        dead = "SELECT id, sent_at, reason, attributes, body FROM \(buried) WHERE queue = $1 ORDER BY id LIMIT $2"

        deadIDs = "SELECT id FROM \(buried) WHERE queue = $1 AND id > $2 ORDER BY id LIMIT $3"

        takeDead = """
            DELETE FROM \(buried) WHERE queue = $1 AND id = ANY($2) RETURNING id, priority, group_key, attributes, body
            """
    }
}
