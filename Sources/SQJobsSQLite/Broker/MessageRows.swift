import GRDB
import SQJobsCore
import SQJobsResults

import struct Foundation.Date

/// The rows of queues and messages within one transaction, at one time.
struct MessageRows {
    let database: Database
    let now: Int64

    /// How long a deduplication id is remembered, as on Amazon SQS.
    private static let repeatInterval = Duration.seconds(300)

    init(_ database: Database, at now: Date) {
        self.database = database
        self.now = StoreTime.microseconds(now)
    }

    /// A queue's row.
    ///
    /// - Throws: ``SQJobsError`` with code `queueDoesNotExist`.
    func queue(_ name: QueueName) throws -> QueueRow {
        let statement = try database.cachedStatement(
            sql: """
                SELECT id, visibility, is_ordered, maximum_receives, is_paused FROM sqjobs_queues WHERE name = ?
                """)
        guard let row = try Row.fetchOne(statement, arguments: [name.rawValue]) else { throw SQJobsError.missing(name) }
        return QueueRow(
            id: row[0], name: name,
            settings: QueueSettings(
                visibility: .microseconds(row[1] as Int64), isOrdered: row[2], maximumReceives: row[3]),
            isPaused: row[4])
    }

    /// Puts a message on a queue.
    func send(_ message: OutgoingMessage, to queue: QueueRow) throws -> Result<SentMessage, SQJobsError> {
        if let reason = refusal(of: message, queue) {
            return .failure(
                SQJobsError(.brokerRefused, "The queue “\(queue.name)” refused: \(reason).", queue: queue.name))
        }
        let isOrdered = queue.settings.isOrdered
        if isOrdered, let id = message.deduplicationID, let first = try repeated(id, of: queue) {
            return .success(SentMessage(messageID: String(first)))
        }
        let visibleAt = message.delay > .zero ? after(message.delay) : nil
        var state = visibleAt == nil ? MessageState.waiting : MessageState.delayed
        if isOrdered, let group = message.group, try isGroup(group, of: queue) { state = MessageState.behind }
        try execute(
            """
            INSERT INTO sqjobs_messages (queue, state, priority, visible_at, sent_at, group_key, attributes, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                queue.id, state, message.priority, visibleAt, now, isOrdered ? message.group : nil,
                try MessageColumns.json(message.attributes), message.body,
            ])
        let id = database.lastInsertedRowID
        if isOrdered, let repeatID = message.deduplicationID { try remember(repeatID, of: queue, as: id) }
        return .success(SentMessage(messageID: String(id)))
    }

    /// Takes messages, and takes out what was received too often.
    func claim(_ count: Int, from queue: QueueRow, visibility: Duration) throws -> [Delivery] {
        guard count > 0, !queue.isPaused else { return [] }
        try wakeDue(in: queue)
        var deliveries: [Delivery] = []
        while deliveries.count < count {
            let taken = try take(count - deliveries.count, from: queue, visibility: visibility)
            guard !taken.isEmpty else { break }
            guard let limit = queue.settings.maximumReceives else { return taken }
            let worn = taken.filter { $0.receiveCount > limit }
            deliveries += taken.filter { $0.receiveCount <= limit }
            guard !worn.isEmpty else { break }
            for delivery in worn {
                _ = try bury(delivery, reason: "It was received \(limit) times, the most that its queue allows.")
            }
        }
        return deliveries
    }

    /// When there may be something to receive: zero for now, and `nil` if time alone changes nothing.
    func nextChange(of queue: QueueRow) throws -> Duration? {
        guard !queue.isPaused else { return nil }
        let waiting = try database.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM sqjobs_messages WHERE queue = ? AND state = 0)")
        if try Bool.fetchOne(waiting, arguments: [queue.id]) == true { return .zero }
        let timed = try database.cachedStatement(
            sql: "SELECT min(visible_at) FROM sqjobs_messages WHERE queue = ? AND state IN (1, 2)")
        return try Int64.fetchOne(timed, arguments: [queue.id]).map { .microseconds(max(0, $0 - now)) }
    }

    /// Lets messages wait whose delay or lease is over; a thousand at once, for the rest has its turn.
    private func wakeDue(in queue: QueueRow) throws {
        try execute(
            """
            UPDATE sqjobs_messages SET state = 0, visible_at = NULL WHERE id IN (
                SELECT id FROM sqjobs_messages WHERE queue = ? AND state IN (1, 2) AND visible_at <= ?
                ORDER BY visible_at LIMIT 1000
            )
            """,
            [queue.id, now])
    }

    private func take(_ count: Int, from queue: QueueRow, visibility: Duration) throws -> [Delivery] {
        let statement = try database.cachedStatement(
            sql: """
                UPDATE sqjobs_messages
                SET state = 2, visible_at = ?, token = token + 1, receives = receives + 1
                WHERE id IN (
                    SELECT id FROM sqjobs_messages WHERE queue = ? AND state = 0 ORDER BY priority DESC, id LIMIT ?
                )
                RETURNING id, priority, token, receives, sent_at, group_key, attributes, body
                """)
        let rows = try Row.fetchAll(statement, arguments: [after(visibility), queue.id, count])
        // SQLite promises no order of what it returns.
        let places = rows.map { (-($0[1] as Int64), $0[0] as Int64) }
        let order = rows.indices.sorted { places[$0] < places[$1] }
        return try order.map { try MessageColumns.delivery(rows[$0], of: queue.name) }
    }

    private func refusal(of message: OutgoingMessage, _ queue: QueueRow) -> String? {
        let size = message.size
        if size > SQLiteBroker.largestMessage { return "a message of \(size) bytes is larger than it can hold" }
        if queue.settings.isOrdered, message.group == nil { return "a message without a group cannot be put in order" }
        // SQLite would end the text there.
        let texts = [message.body, message.group, message.deduplicationID].compactMap(\.self)
        if texts.contains(where: { $0.utf8.contains(0) }) { return "a message with a NUL character cannot be kept" }
        return nil
    }

    private func isGroup(_ group: String, of queue: QueueRow) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM sqjobs_messages WHERE queue = ? AND group_key = ?)")
        return try Bool.fetchOne(statement, arguments: [queue.id, group]) ?? false
    }

    /// The message that was sent with a deduplication id, if that is not too long ago.
    private func repeated(_ id: String, of queue: QueueRow) throws -> Int64? {
        try execute("DELETE FROM sqjobs_repeats WHERE ends_at <= ?", [now])
        let statement = try database.cachedStatement(
            sql: "SELECT message FROM sqjobs_repeats WHERE queue = ? AND id = ?")
        return try Int64.fetchOne(statement, arguments: [queue.id, id])
    }

    private func remember(_ id: String, of queue: QueueRow, as message: Int64) throws {
        try execute(
            "INSERT INTO sqjobs_repeats (queue, id, message, ends_at) VALUES (?, ?, ?, ?)",
            [queue.id, id, message, after(Self.repeatInterval)])
    }

    /// Executes a statement.
    ///
    /// - Returns: Whether it changed a row.
    @discardableResult
    func execute(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
        return database.changesCount > 0
    }

    func after(_ duration: Duration) -> Int64 { now + StoreTime.microseconds(duration) }
}
