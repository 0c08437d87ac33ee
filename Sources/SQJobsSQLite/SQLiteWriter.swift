import Foundation
import GRDB

/// Carries out writes, on a thread of its own, for they block. SQLite has one writer at a time, so those that come while
/// one is under way go together in the next transaction: each in a savepoint, lest one that fails undoes the others.
final class SQLiteWriter: Sendable {
    private let inbox = SQLiteInbox()

    /// The writes of one transaction at most: other processes want their turn too.
    private static let count = 64

    init(_ pool: DatabasePool) {
        // The thread does not keep the pool: a store that is let go closes its file at once.
        let thread = Thread { [inbox, weak pool] in
            while let writes = inbox.take(Self.count) { Self.carryOut(writes, in: pool) }
        }
        thread.start()
        // On Linux a name that is given before the start is lost.
        thread.name = "sqjobs-sqlite"
    }

    deinit {
        inbox.stop()
    }

    /// Writes in a transaction that no other process's write comes between.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            inbox.add(
                SQLiteWrite(
                    run: { database in
                        let value = try body(database)
                        return { continuation.resume(returning: value) }
                    },
                    fail: { continuation.resume(throwing: $0) }))
        }
    }

    private static func carryOut(_ writes: [SQLiteWrite], in pool: DatabasePool?) {
        do {
            guard let pool else { throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the store is closed") }
            let ends = try pool.write { database in
                if writes.count == 1 { return [try writes[0].run(database)] }
                return try writes.map { try runApart($0, in: database) }
            }
            for end in ends { end() }
        } catch {
            for write in writes { write.fail(error) }
        }
    }

    /// A write among others: it fails alone, unless its failure ended the whole transaction.
    private static func runApart(_ write: SQLiteWrite, in database: Database) throws -> @Sendable () -> Void {
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
