import SQJobsCore

/// Each returns the numbers of the messages with which it could be done.
extension MessageRows {
    func extend(_ receipts: [Receipt], by duration: Duration) async throws -> Set<Int> {
        try Self.numbers(
            try await pool.execute(
                .plannedAnew(
                    sql.extend, .integers(receipts.map(\.id)), .integers(receipts.map(\.token)),
                    .interval(duration.storable))))
    }

    func release(_ receipts: [Receipt], after delays: [Duration], to queue: QueueRow) async throws -> Set<Int> {
        try Self.numbers(
            try await pool.pipeline([
                .plannedAnew(
                    sql.release, .integers(receipts.map(\.id)), .integers(receipts.map(\.token)),
                    .intervals(delays.map(\.storable))),
                notice(of: queue),
            ])[0])
    }

    /// Deletes by the last receipt, even if its lease ran out: a job that is done should not run again. One that is gone
    /// already is no error.
    func delete(_ receipts: [Receipt], groups: Set<String>, of queue: QueueRow) async throws -> Set<Int> {
        let ids = PostgresValue.integers(receipts.map(\.id))
        let statement = PostgresStatement.plannedAnew(sql.delete, ids, .integers(receipts.map(\.token)))
        let gone = try await leave(statement, groups: groups, of: queue)
        guard gone.count < receipts.count else { return gone }
        let present = try Self.numbers(try await pool.execute(.plannedAnew(sql.present, ids)))
        return Set(receipts.map(\.id)).subtracting(present)
    }

    func bury(_ receipts: [Receipt], reason: String, groups: Set<String>, of queue: QueueRow) async throws -> Set<Int> {
        let statement = PostgresStatement.plannedAnew(
            sql.bury, .integers(receipts.map(\.id)), .integers(receipts.map(\.token)),
            .text(reason.replacing("\0", with: " ")))
        return try await leave(statement, groups: groups, of: queue)
    }

    /// Takes messages away, and makes way for the next of their groups: under a lock of the queue, as those who send.
    private func leave(_ statement: PostgresStatement, groups: Set<String>, of queue: QueueRow) async throws -> Set<Int>
    {
        guard !groups.isEmpty else { return try Self.numbers(try await pool.execute(statement)) }
        return try Self.numbers(
            try await pool.pipeline([
                PostgresStatement(sql.lock, .integer(queue.id)), statement,
                .plannedAnew(sql.makeWay, .integer(queue.id), .texts(groups.sorted())), notice(of: queue),
            ])[1])
    }

    private static func numbers(_ rows: PostgresRows) throws -> Set<Int> {
        Set(try rows.map { try $0.value(0, as: Int.self) })
    }
}
