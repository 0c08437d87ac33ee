import Figures
import Foundation
import GRDB
import SQJobsSQLite

/// What no broker on SQLite can be faster than: its statements through GRDB in one loop, so many messages a transaction.
struct SQLiteLimit {
    private let pool: DatabasePool
    private let count: Int

    /// As many as the broker claims and settles at once.
    private static let batch = 100

    init(_ place: Place, _ count: Int) throws {
        guard let path = place.path else { throw NoFile() }
        pool = try DatabasePool(path: path)
        if place.durability == .machine {
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        }
        self.count = count
    }

    func enqueue(_ batch: Int) throws -> RunFigures {
        let start = ContinuousClock.now
        for _ in 0..<count / batch {
            try pool.write { database in
                for _ in 0..<batch {
                    try database.cachedStatement(sql: Self.insert)
                        .execute(arguments: [Self.now, String(repeating: "a", count: 120)])
                }
            }
        }
        return RunFigures(
            "limit-enqueue", count: count / batch * batch, seconds: start.duration(to: .now) / .seconds(1))
    }

    func execute() throws -> RunFigures {
        _ = try enqueue(1000)
        var done = 0
        let start = ContinuousClock.now
        while done < count / 1000 * 1000 {
            let rows = try pool.write { database in
                try Row.fetchAll(
                    database.cachedStatement(sql: Self.claim), arguments: [Self.now + 30_000_000, Self.batch])
            }
            try pool.write { database in
                let delete = try database.cachedStatement(sql: Self.delete)
                for row in rows { try delete.execute(arguments: [row[0] as Int64, row[2] as Int64]) }
            }
            done += rows.count
        }
        return RunFigures("limit-execute", count: done, seconds: start.duration(to: .now) / .seconds(1))
    }

    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1e6) }

    private static let insert = """
        INSERT INTO sqjobs_messages (queue, state, priority, sent_at, body) VALUES (1, 0, 0, ?, ?)
        """

    private static let claim = """
        UPDATE sqjobs_messages SET state = 2, visible_at = ?, token = token + 1, receives = receives + 1
        WHERE id IN (SELECT id FROM sqjobs_messages WHERE queue = 1 AND state = 0 ORDER BY priority DESC, id LIMIT ?)
        RETURNING id, priority, token, receives, sent_at, group_key, attributes, body
        """

    private static let delete = "DELETE FROM sqjobs_messages WHERE id = ? AND token = ?"

    private struct NoFile: Error {}
}
