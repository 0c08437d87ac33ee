import SQJobsCore

/// The rows of queues and messages in a database.
struct MessageRows: Sendable {
    let pool: PostgresPool
    let sql: MessageStatements
    let schema: PostgresSchema

    /// How long a deduplication id is remembered, as on Amazon SQS.
    private static let repeatInterval = Duration.seconds(300)

    init(_ pool: PostgresPool) {
        self.pool = pool
        schema = pool.url.schema
        sql = MessageStatements(schema)
    }

    /// A queue's row; `nil` if there is no such queue.
    func queue(_ name: QueueName) async throws -> QueueRow? {
        try await pool.execute(PostgresStatement(sql.queue, .text(name.rawValue))).first.map { row in
            QueueRow(
                id: try row.value(0), name: name,
                settings: QueueSettings(
                    visibility: try row.value(1), isOrdered: try row.value(2), maximumReceives: try row.value(3)))
        }
    }

    /// Puts messages on a queue without order.
    ///
    /// - Returns: Their numbers; none when the queue is gone.
    func send(_ messages: [OutgoingMessage], to queue: QueueRow) async throws -> [Int] {
        try await pool.withConnection { try await send(messages, to: queue, on: $0) }
    }

    /// Puts messages on a queue without order, within a transaction or in one of their own.
    func send(
        _ messages: [OutgoingMessage], to queue: QueueRow, on connection: PostgresConnection
    ) async throws -> [Int] {
        let rows = try await connection.pipeline([
            PostgresStatement(
                sql.insert, .integer(queue.id), .texts(messages.map(\.body)),
                .texts(try messages.map { try MessageColumns.json($0.attributes) }),
                .integers(messages.map(\.priority)), .intervals(messages.map(\.delay.storable))),
            notice(of: queue),
        ])
        return try rows[0].map { try $0.value(0, as: Int.self) }.sorted()
    }

    /// Puts messages on a queue with order: under a lock of the queue, for whether a message is the first of its group
    /// depends on what others send and delete at the same time.
    ///
    /// - Returns: Their numbers, a repeat's being that of the first; none when the queue is gone.
    func sendOrdered(_ messages: [OutgoingMessage], to queue: QueueRow) async throws -> [Int] {
        try await pool.transaction { try await sendOrdered(messages, to: queue, on: $0) }
    }

    /// Puts messages on a queue with order, within a transaction.
    func sendOrdered(
        _ messages: [OutgoingMessage], to queue: QueueRow, on connection: PostgresConnection
    ) async throws -> [Int] {
        let locked = try await connection.pipeline([
            PostgresStatement(sql.lock, .integer(queue.id)),
            PostgresStatement(sql.numbers, .integer(messages.count)), PostgresStatement(sql.forgetRepeats),
        ])
        guard !locked[0].isEmpty else { return [] }
        let numbers = try locked[1].map { try $0.value(0, as: Int.self) }.sorted()
        let repeatIDs = PostgresValue.texts(messages.map(\.deduplicationID))
        let known = try await connection.pipeline([
            PostgresStatement(
                sql.rememberRepeats, .integer(queue.id), repeatIDs, .integers(numbers),
                .interval(Self.repeatInterval)),
            .plannedAnew(sql.repeats, .integer(queue.id), repeatIDs),
        ])[1]
        let first = Dictionary(
            try known.map { (try $0.value(0, as: String.self), try $0.value(1, as: Int.self)) }
        ) { first, _ in first }
        let answers = zip(messages, numbers).map { message, number in
            message.deduplicationID.flatMap { first[$0] } ?? number
        }
        let fresh = zip(messages, numbers).enumerated().filter { answers[$0.offset] == $0.element.1 }.map(\.element)
        _ = try await connection.pipeline([
            .plannedAnew(
                sql.insertOrdered, .integer(queue.id), .integers(fresh.map(\.1)), .texts(fresh.map(\.0.group)),
                .texts(fresh.map(\.0.body)), .texts(try fresh.map { try MessageColumns.json($0.0.attributes) }),
                .intervals(fresh.map(\.0.delay.storable))),
            notice(of: queue),
        ])
        return answers
    }

    /// Takes messages.
    func claim(_ count: Int, from queue: QueueRow, visibility: Duration) async throws -> [Delivery] {
        let rows = try await pool.pipeline([
            PostgresStatement(sql.keepToIndexes), PostgresStatement(sql.wakeDue, .integer(queue.id)),
            PostgresStatement(sql.claim, .integer(queue.id), .integer(count), .interval(visibility.storable)),
        ])[2]
        // PostgreSQL promises no order of what it returns.
        let places = try rows.map { (-(try $0.value(1, as: Int.self)), try $0.value(0, as: Int.self)) }
        return try rows.indices.sorted { places[$0] < places[$1] }.map {
            try MessageColumns.delivery(rows[$0], of: queue.name)
        }
    }

    /// What there is to expect of a queue.
    ///
    /// - Parameters:
    ///   - queue: The queue.
    ///   - margin: For how long senders should know that somebody waits.
    /// - Returns: When there may be something to receive, zero for now and `nil` if time alone changes nothing; and whether
    ///   senders know. `nil` when the queue is gone.
    func look(at queue: QueueRow, margin: Duration) async throws -> (next: Duration?, isAnnounced: Bool)? {
        let rows = try await pool.execute(.plannedAnew(sql.look, .integer(queue.id), .interval(margin)))
        guard let row = rows.first else { return nil }
        let isAnnounced: Bool = try row.value(3)
        guard try !row.value(0, as: Bool.self) else { return (nil, isAnnounced) }
        if try row.value(1, as: Bool.self) { return (.zero, isAnnounced) }
        return (try row.value(2, as: Duration?.self).map { max($0, .zero) }, isAnnounced)
    }

    /// Has senders tell of what they send, for a time.
    func announce(_ queue: QueueRow, for duration: Duration) async throws {
        _ = try await pool.execute(PostgresStatement(sql.announce, .integer(queue.id), .interval(duration)))
    }

    /// Tells those who wait, if any do.
    func notice(of queue: QueueRow) -> PostgresStatement {
        PostgresStatement(
            sql.notify, .integer(queue.id), .text(QueueChannel.name(in: schema, of: queue.id)))
    }
}
