import GRDB
import SQJobsCore

import struct Foundation.Date

/// One numbered step from a schema to the next. A step is never changed once it was released.
struct SQLiteMigration: Sendable {
    /// The number and what the step does, the same as in other stores.
    let description: StoreMigration
    /// What the step executes.
    let sql: String

    /// Every step, in order.
    static let all: [SQLiteMigration] = [.v01, .v02, .v03]

    init(_ number: Int, _ summary: String, _ sql: String) {
        description = StoreMigration(number: number, summary: summary)
        self.sql = sql
    }

    /// The steps that a database still needs.
    ///
    /// - Throws: ``SQJobsError`` with code `schemaTooNew` when it had a step that this program does not know.
    static func pending(in database: Database) throws -> ArraySlice<SQLiteMigration> {
        let version = try version(of: database)
        guard version <= all.count else {
            throw SQJobsError(
                .schemaTooNew,
                "The store's schema has version \(version) and this program knows up to version \(all.count): update the"
                    + " program.")
        }
        return all[version...]
    }

    /// Applies the steps that a database still needs.
    static func apply(to database: Database, at now: Date) throws -> ArraySlice<SQLiteMigration> {
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS sqjobs_migrations (
                    number INTEGER PRIMARY KEY,
                    summary TEXT NOT NULL,
                    applied_at INTEGER NOT NULL
                )
                """)
        let pending = try pending(in: database)
        for migration in pending {
            try database.execute(sql: migration.sql)
            try database.execute(
                sql: "INSERT INTO sqjobs_migrations (number, summary, applied_at) VALUES (?, ?, ?)",
                arguments: [
                    migration.description.number, migration.description.summary, StoreTime.microseconds(now),
                ])
        }
        return pending
    }

    private static func version(of database: Database) throws -> Int {
        guard try database.tableExists("sqjobs_migrations") else { return 0 }
        return try Int.fetchOne(database, sql: "SELECT max(number) FROM sqjobs_migrations") ?? 0
    }
}
