import Foundation
import GRDB

/// What no store on SQLite can be faster than: the statements of a claim and of a completion through GRDB, so many in a
/// transaction.
struct SQLiteLimit {
    let path: String
    let count: Int
    let batch: Int

    func seconds() throws -> Double {
        let pool = try DatabasePool(path: path)
        try pool.write { database in
            for number in 0..<count {
                let now = Int64(Date().timeIntervalSince1970 * 1e6)
                try database.cachedStatement(sql: Self.insert)
                    .execute(arguments: ["job-\(number)", "noop", "bench", now, now])
            }
        }
        let start = ContinuousClock.now
        for first in stride(from: 0, to: count, by: batch) {
            let ids = (first..<min(first + batch, count)).map { "job-\($0)" }
            let tokens = try pool.write { database in
                try ids.map { id in
                    let now = Int64(Date().timeIntervalSince1970 * 1e6)
                    try database.cachedStatement(sql: Self.claim)
                        .execute(arguments: ["noop", "bench", now, now, now + 30_000_000, id, now])
                    return try Row.fetchOne(database.cachedStatement(sql: Self.look), arguments: [id])?[0] as Int64?
                }
            }
            try pool.write { database in
                for (id, token) in zip(ids, tokens) {
                    let now = Int64(Date().timeIntervalSince1970 * 1e6)
                    try database.cachedStatement(sql: Self.complete)
                        .execute(arguments: [Data("null".utf8), now, now, id, token])
                }
            }
        }
        return start.duration(to: .now) / .seconds(1)
    }

    private static let insert = """
        INSERT INTO sqjobs_results (id, name, queue, state, created_at, updated_at) VALUES (?, ?, ?, 'PENDING', ?, ?)
        """

    private static let claim = """
        UPDATE sqjobs_results
        SET name = ?, queue = ?, state = 'RUNNING', attempt = CASE state WHEN 'FAILURE' THEN 1 ELSE attempt + 1 END,
            token = token + 1, started_at = ?, updated_at = ?, finished_at = NULL, next_attempt_at = NULL,
            lease_ends_at = ?, progress = NULL
        WHERE id = ? AND (state IN ('PENDING', 'FAILURE') OR (state = 'RUNNING' AND lease_ends_at <= ?))
        """

    private static let look = "SELECT token, attempt, state, lease_ends_at FROM sqjobs_results WHERE id = ?"

    private static let complete = """
        UPDATE sqjobs_results
        SET state = 'SUCCESS', output = ?, updated_at = ?, finished_at = ?, lease_ends_at = NULL
        WHERE id = ? AND token = ?
        """
}
