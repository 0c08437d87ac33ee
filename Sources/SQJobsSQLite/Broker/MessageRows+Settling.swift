import GRDB
import SQJobsCore
import SQJobsResults

/// Each answers whether the delivery is held, so that it could be done.
extension MessageRows {
    func extend(_ delivery: Delivery, by duration: Duration) throws -> Bool {
        try execute(
            "UPDATE sqjobs_messages SET visible_at = ? WHERE id = ? AND token = ? AND state = 2 AND visible_at > ?",
            [after(duration), Self.id(delivery), Self.token(delivery), now])
    }

    func release(_ release: Release) throws -> Bool {
        let isDelayed = release.delay > .zero
        return try execute(
            """
            UPDATE sqjobs_messages SET state = ?, visible_at = ?, token = token + 1
            WHERE id = ? AND token = ? AND state = 2 AND visible_at > ?
            """,
            [
                isDelayed ? MessageState.delayed : MessageState.waiting, isDelayed ? after(release.delay) : nil,
                Self.id(release.delivery), Self.token(release.delivery), now,
            ])
    }

    /// Deletes by the last receipt, even if its lease ran out: a job that is done should not run again. One that is gone
    /// already is no error.
    func delete(_ delivery: Delivery) throws -> Bool {
        let id = Self.id(delivery)
        if try execute("DELETE FROM sqjobs_messages WHERE id = ? AND token = ?", [id, Self.token(delivery)]) {
            try makeWay(after: delivery)
            return true
        }
        let statement = try database.cachedStatement(sql: "SELECT 1 FROM sqjobs_messages WHERE id = ?")
        return try Int.fetchOne(statement, arguments: [id]) == nil
    }

    func bury(_ delivery: Delivery, reason: String) throws -> Bool {
        let isHeld = try execute(
            """
            INSERT INTO sqjobs_dead (
                id, queue, priority, sent_at, died_at, reason, group_key, attributes, body
            )
            SELECT id, queue, priority, sent_at, ?, ?, group_key, attributes, body FROM sqjobs_messages
            WHERE id = ? AND token = ? AND state = 2 AND visible_at > ?
            """,
            [now, reason, Self.id(delivery), Self.token(delivery), now])
        guard isHeld else { return false }
        try execute("DELETE FROM sqjobs_messages WHERE id = ?", [Self.id(delivery)])
        try makeWay(after: delivery)
        return true
    }

    /// Lets the next of a message's group wait for its receiver, or for its delay.
    private func makeWay(after delivery: Delivery) throws {
        guard let group = delivery.group else { return }
        try execute(
            """
            UPDATE sqjobs_messages SET
                state = CASE WHEN visible_at > ? THEN 1 ELSE 0 END,
                visible_at = CASE WHEN visible_at > ? THEN visible_at END
            WHERE state = 3 AND id = (
                SELECT min(id) FROM sqjobs_messages
                WHERE queue = (SELECT id FROM sqjobs_queues WHERE name = ?) AND group_key = ?
            )
            """,
            [now, now, delivery.queue.rawValue, group])
    }

    static func id(_ delivery: Delivery) -> Int64? { Int64(delivery.messageID) }

    /// The token in a receipt; a receipt that is none of ours has none, and holds nothing.
    private static func token(_ delivery: Delivery) -> Int64? {
        delivery.receipt.split(separator: ".").last.flatMap { Int64($0) }
    }
}
