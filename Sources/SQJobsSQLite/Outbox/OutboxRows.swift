import Foundation
import GRDB
import SQJobsCore
import SQJobsResults

/// The rows of the outbox within one transaction.
struct OutboxRows {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func insert(_ entry: OutboxEntry) throws -> Bool {
        try execute(
            """
            INSERT INTO sqjobs_outbox (
                job_id, name, queue, args, kwargs, due_at, message_group, deduplication_id, attributes, ordering_key,
                once_key, is_prepared
            )
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (once_key) DO NOTHING
            """,
            [
                entry.message.id, entry.message.name, entry.queue.rawValue, entry.message.arguments.args,
                entry.message.arguments.kwargs, StoreTime.microseconds(entry.dueAt), entry.group, entry.deduplicationID,
                try Self.json(entry.attributes), entry.orderingKey, entry.onceKey, entry.isPrepared,
            ])
    }

    /// Whether there may be something to claim.
    func hasDue(at due: Date, now: Int64) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM sqjobs_outbox WHERE due_at <= ? AND free_at <= ?)",
            arguments: [StoreTime.microseconds(due), now]) ?? false
    }

    func claim(
        _ limit: Int, at due: Date, now: Int64, lease: Duration, queues: [QueueName]
    ) throws -> [OutboxClaim] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM sqjobs_outbox AS candidate
                WHERE due_at <= ? AND free_at <= ?\(Self.condition(on: queues))
                    AND (ordering_key IS NULL OR NOT EXISTS (
                        SELECT 1 FROM sqjobs_outbox AS older
                        WHERE older.ordering_key = candidate.ordering_key AND older.number < candidate.number
                    ))
                ORDER BY due_at, number LIMIT ?
                """,
            arguments: [StoreTime.microseconds(due), now] + StatementArguments(queues.map(\.rawValue)) + [limit])
        let hold = try database.cachedStatement(
            sql: "UPDATE sqjobs_outbox SET token = token + 1, free_at = ? WHERE number = ?")
        return try rows.map { row in
            try hold.execute(arguments: [now + StoreTime.microseconds(lease), row["number"] as Int64])
            return try claim(row)
        }
    }

    /// Whether a claim still holds its entry.
    func isHeld(_ number: Int64, _ token: Int64) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM sqjobs_outbox WHERE number = ? AND token = ?)")
        return try Bool.fetchOne(statement, arguments: [number, token]) ?? false
    }

    func delete(_ number: Int64) throws {
        _ = try execute("DELETE FROM sqjobs_outbox WHERE number = ?", [number])
    }

    func postpone(_ refusal: OutboxRefusal, now: Int64) throws {
        _ = try execute(
            """
            UPDATE sqjobs_outbox SET free_at = ?, refusals = refusals + 1, error = ? WHERE number = ? AND token = ?
            """,
            [
                now + StoreTime.microseconds(refusal.delay), refusal.error.replacing("\0", with: ""), refusal.number,
                refusal.token,
            ])
    }

    func nextDue(after date: Date, queues: [QueueName]) throws -> Date? {
        let next = try Int64.fetchOne(
            database,
            sql: """
                SELECT due_at FROM sqjobs_outbox WHERE due_at > ?\(Self.condition(on: queues)) ORDER BY due_at LIMIT 1
                """,
            arguments: [StoreTime.microseconds(date)] + StatementArguments(queues.map(\.rawValue)))
        return next.map(StoreTime.date)
    }

    func waiting(after number: Int64, limit: Int) throws -> [OutboxStatus] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT number, job_id, name, queue, due_at, refusals, error FROM sqjobs_outbox
                WHERE number > ? ORDER BY number LIMIT ?
                """,
            arguments: [number, limit]
        ).map { row in
            OutboxStatus(
                number: row["number"], id: row["job_id"], name: row["name"], queue: QueueName(row["queue"]),
                dueAt: StoreTime.date(row["due_at"]), refusals: row["refusals"], error: row["error"])
        }
    }

    func reserve(_ reservation: UniqueReservation, now: Int64) throws -> String {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO sqjobs_unique_keys (key, job_id, ends_at) VALUES (?, ?, ?)
                ON CONFLICT (key) DO UPDATE SET
                    job_id = CASE WHEN ends_at <= ? THEN excluded.job_id ELSE job_id END,
                    ends_at = CASE WHEN ends_at <= ? THEN excluded.ends_at ELSE ends_at END
                RETURNING job_id
                """)
        let holder = try String.fetchOne(
            statement,
            arguments: [
                reservation.key, reservation.jobID, now + StoreTime.microseconds(reservation.lifetime), now, now,
            ])
        return holder ?? reservation.jobID
    }

    func free(_ reservation: UniqueReservation) throws {
        _ = try execute(
            "DELETE FROM sqjobs_unique_keys WHERE key = ? AND job_id = ?", [reservation.key, reservation.jobID])
    }

    /// Removes keys that ran out, a few at a time.
    func pruneKeys(now: Int64) throws {
        try database.execute(
            sql: """
                DELETE FROM sqjobs_unique_keys
                WHERE key IN (SELECT key FROM sqjobs_unique_keys WHERE ends_at <= ? ORDER BY ends_at LIMIT 100)
                """,
            arguments: [now])
    }

    private func claim(_ row: Row) throws -> OutboxClaim {
        let message = JobMessage(
            id: row["job_id"], name: row["name"],
            arguments: JobArguments(checkedArgs: row["args"], kwargs: row["kwargs"]))
        let entry = OutboxEntry(
            message: message, queue: QueueName(row["queue"]), dueAt: StoreTime.date(row["due_at"]),
            group: row["message_group"], deduplicationID: row["deduplication_id"],
            attributes: try Self.attributes(row["attributes"]), orderingKey: row["ordering_key"],
            onceKey: row["once_key"], isPrepared: row["is_prepared"])
        let token: Int64 = row["token"]
        return OutboxClaim(number: row["number"], token: token + 1, entry: entry, refusals: row["refusals"])
    }

    private func execute(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
        return database.changesCount > 0
    }

    private static func condition(on queues: [QueueName]) -> String {
        queues.isEmpty ? "" : " AND queue IN (\(queues.map { _ in "?" }.joined(separator: ", ")))"
    }

    private static func json(_ attributes: [String: String]) throws -> String? {
        attributes.isEmpty ? nil : String(decoding: try WireJSON.encoder.encode(attributes), as: UTF8.self)
    }

    private static func attributes(_ json: String?) throws -> [String: String] {
        try json.map { try WireJSON.decoder.decode([String: String].self, from: Data($0.utf8)) } ?? [:]
    }
}
