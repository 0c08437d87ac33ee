import GRDB
import SQJobsCore

/// Carries out writes. SQLite has one writer at a time, so those that come while one is under way go together in the next
/// transaction: each in a savepoint of its own, lest one that fails undoes the others.
struct SQLiteWriter: Sendable {
    private struct Write: Sendable {
        /// Does the work, and returns what tells its caller once it is committed.
        let run: @Sendable (Database) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private let collector: BatchCollector<Write>

    /// The writes of one transaction at most: other processes want their turn too.
    private static let count = 64
    /// How long a write waits for others while a transaction is under way.
    private static let linger = Duration.milliseconds(10)

    init(_ pool: DatabasePool, clock: JobClock) {
        let policy = BatchCollector<Write>.Policy(
            count: Self.count, linger: Self.linger, sendsLoneEntriesAtOnce: true)
        collector = BatchCollector(policy, clock: clock) { await Self.carryOut($0, in: pool) }
    }

    /// Writes in a transaction that no other process's write comes between.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            collector.add(
                Write(
                    run: { database in
                        let value = try body(database)
                        return { continuation.resume(returning: value) }
                    },
                    fail: { continuation.resume(throwing: $0) }))
        }
    }

    private static func carryOut(_ writes: [Write], in pool: DatabasePool) async {
        do {
            let ends = try await pool.write { database in
                if writes.count == 1 { return [try writes[0].run(database)] }
                return try writes.map { try runApart($0, in: database) }
            }
            for end in ends { end() }
        } catch {
            for write in writes { write.fail(error) }
        }
    }

    /// A write among others: it fails alone, unless its failure ended the whole transaction.
    private static func runApart(_ write: Write, in database: Database) throws -> @Sendable () -> Void {
        do {
            var end: @Sendable () -> Void = {}
            try database.inSavepoint {
                end = try write.run(database)
                return .commit
            }
            return end
        } catch  where database.isInsideTransaction {
            return { write.fail(error) }
        }
    }
}
