import SQJobsCore

/// What concerns whole queues and their dead messages.
struct QueueRows: Sendable {
    private let pool: PostgresPool
    private let sql: QueueStatements

    init(_ pool: PostgresPool) {
        self.pool = pool
        sql = QueueStatements(pool.url.schema)
    }

    func names() async throws -> [QueueName] {
        try await pool.execute(PostgresStatement(sql.names)).map { QueueName(try $0.value(0, as: String.self)) }
    }

    func insert(_ queue: QueueName, _ settings: QueueSettings) async throws {
        _ = try await pool.execute(
            PostgresStatement(
                sql.insert, .text(queue.rawValue), .interval(settings.visibility.storable), .bool(settings.isOrdered),
                .integer(settings.maximumReceives)))
    }

    func remove(_ queue: QueueRow) async throws {
        let id = PostgresValue.integer(queue.id)
        _ = try await pool.pipeline(sql.remove.map { .plannedAnew($0, id) })
    }

    func purge(_ queue: QueueRow) async throws {
        _ = try await pool.execute(.plannedAnew(sql.purge, .integer(queue.id)))
    }

    func isPaused(_ queue: QueueRow) async throws -> Bool? {
        try await pool.execute(PostgresStatement(sql.isPaused, .integer(queue.id))).first?.value(0)
    }

    /// Those who wait are told in any case: they were perhaps not waiting for messages.
    func setPaused(_ queue: QueueRow, _ isPaused: Bool) async throws -> Bool {
        let channel = QueueChannel.name(in: pool.url.schema, of: queue.id)
        return try await pool.pipeline([
            PostgresStatement(sql.setPaused, .integer(queue.id), .bool(isPaused)),
            PostgresStatement("SELECT pg_notify($1, '')", .text(channel)),
        ])[0].affected > 0
    }

    /// What is behind others of its group waits too.
    func statistics(of queue: QueueRow) async throws -> QueueStatistics? {
        try await pool.execute(.plannedAnew(sql.statistics, .integer(queue.id))).first.map { row in
            QueueStatistics(
                waiting: try row.value(0), delayed: try row.value(1), inFlight: try row.value(2),
                dead: try row.value(3))
        }
    }

    func deadMessages(of queue: QueueRow, limit: Int) async throws -> [DeadMessage] {
        try await pool.execute(.plannedAnew(sql.dead, .integer(queue.id), .integer(max(limit, 0)))).map {
            try MessageColumns.dead($0)
        }
    }

    /// The numbers of a queue's dead messages that come after one, in order.
    func deadIDs(of queue: QueueRow, after id: Int, limit: Int) async throws -> [Int] {
        try await pool.execute(
            .plannedAnew(sql.deadIDs, .integer(queue.id), .integer(id), .integer(limit))
        ).map { try $0.value(0) }
    }

    /// Takes dead messages away within a transaction that puts them back on their queue.
    func takeDead(
        _ ids: [Int], of queue: QueueRow, on connection: PostgresConnection
    ) async throws -> [OutgoingMessage] {
        let rows = try await connection.execute(
            .plannedAnew(sql.takeDead, .integer(queue.id), .integers(ids)))
        let dead = try rows.map { row in
            (id: try row.value(0, as: Int.self), message: try Self.revived(row))
        }
        return dead.sorted { $0.id < $1.id }.map(\.message)
    }

    /// A dead message as a new one that keeps its job's id: id, priority, group, attributes and body.
    private static func revived(_ row: PostgresRow) throws -> OutgoingMessage {
        OutgoingMessage(
            body: MessageCodec.bodyWithID(try row.value(4), messageID: String(try row.value(0, as: Int.self))),
            attributes: try MessageColumns.attributes(row.value(3)), group: try row.value(2),
            priority: try row.value(1))
    }
}
