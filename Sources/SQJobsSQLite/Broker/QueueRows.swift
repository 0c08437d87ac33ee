import GRDB
import SQJobsCore
import SQJobsResults

/// What concerns whole queues and their dead messages.
extension MessageRows {
    func queueNames() throws -> [QueueName] {
        try String.fetchAll(database, sql: "SELECT name FROM sqjobs_queues ORDER BY name").map { QueueName($0) }
    }

    /// - Returns: Whether there was no such queue.
    func insert(_ queue: QueueName, _ settings: QueueSettings) throws -> Bool {
        try execute(
            """
            INSERT INTO sqjobs_queues (name, visibility, is_ordered, maximum_receives) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO NOTHING
            """,
            [
                queue.rawValue, StoreTime.microseconds(settings.visibility), settings.isOrdered,
                settings.maximumReceives,
            ])
    }

    func remove(_ queue: QueueRow) throws {
        for table in ["sqjobs_messages", "sqjobs_dead", "sqjobs_repeats"] {
            try execute("DELETE FROM \(table) WHERE queue = ?", [queue.id])
        }
        try execute("DELETE FROM sqjobs_queues WHERE id = ?", [queue.id])
    }

    func purge(_ queue: QueueRow) throws {
        try execute("DELETE FROM sqjobs_messages WHERE queue = ?", [queue.id])
    }

    func setPaused(_ queue: QueueRow, _ isPaused: Bool) throws {
        try execute("UPDATE sqjobs_queues SET is_paused = ? WHERE id = ?", [isPaused, queue.id])
    }

    /// What is behind others of its group waits too.
    func statistics(of queue: QueueRow) throws -> QueueStatistics {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT
                    (SELECT count(*) FROM sqjobs_messages WHERE queue = :queue AND state = 0),
                    (SELECT count(*) FROM sqjobs_messages
                        WHERE queue = :queue AND group_key IS NOT NULL AND state = 3),
                    (SELECT count(*) FROM sqjobs_messages
                        WHERE queue = :queue AND state IN (1, 2) AND visible_at <= :now),
                    (SELECT count(*) FROM sqjobs_messages
                        WHERE queue = :queue AND state IN (1, 2) AND state = 1 AND visible_at > :now),
                    (SELECT count(*) FROM sqjobs_messages
                        WHERE queue = :queue AND state IN (1, 2) AND state = 2 AND visible_at > :now),
                    (SELECT count(*) FROM sqjobs_dead WHERE queue = :queue)
                """,
            arguments: ["queue": queue.id, "now": now])
        let figures = (0..<6).map { row?[$0] as Int? ?? 0 }
        return QueueStatistics(
            waiting: figures[0] + figures[1] + figures[2], delayed: figures[3], inFlight: figures[4], dead: figures[5])
    }

    func deadMessages(of queue: QueueRow, limit: Int) throws -> [DeadMessage] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, sent_at, reason, attributes, body FROM sqjobs_dead WHERE queue = ? ORDER BY id LIMIT ?
                """,
            arguments: [queue.id, max(limit, 0)])
        return try rows.map { try MessageColumns.dead($0) }
    }

    /// The ids of a queue's dead messages that come after one, in order.
    func deadIDs(of queue: QueueRow, after id: Int64, limit: Int) throws -> [Int64] {
        try Int64.fetchAll(
            database, sql: "SELECT id FROM sqjobs_dead WHERE queue = ? AND id > ? ORDER BY id LIMIT ?",
            arguments: [queue.id, id, limit])
    }

    /// Puts a dead message back as a new one that keeps its job's id.
    ///
    /// - Returns: Whether it was there.
    func revive(_ id: Int64, to queue: QueueRow) throws -> Bool {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT priority, group_key, attributes, body FROM sqjobs_dead WHERE id = ? AND queue = ?",
            arguments: [id, queue.id])
        guard let row else { return false }
        try execute("DELETE FROM sqjobs_dead WHERE id = ?", [id])
        let message = OutgoingMessage(
            body: MessageCodec.bodyWithID(row[3], messageID: String(id)),
            attributes: try MessageColumns.attributes(row[2]), group: row[1], priority: row[0])
        _ = try send(message, to: queue).get()
        return true
    }
}
