import GRDB
import Testing

@testable import SQJobsSQLite

@Suite("Migrations of a store in SQLite")
struct MigrationTests {
    let file: TemporaryFile

    init() throws {
        file = try TemporaryFile()
    }

    @Test("are numbered from 1 without a gap")
    func numbers() {
        #expect(SQLiteMigration.all.map(\.description.number) == Array(1...SQLiteMigration.all.count))
    }

    @Test("are pending in a new file, and then are not")
    func pending() async throws {
        let store = try SQLiteStore(path: file.path)
        let all = SQLiteMigration.all.map(\.description)
        #expect(try await store.pendingMigrations() == all)
        #expect(try await store.migrate() == all)
        #expect(try await store.pendingMigrations().isEmpty)
        #expect(try await store.migrate().isEmpty)
        try await store.requireSchema()
    }

    @Test("that are pending keep a worker from starting, with a sentence that says what to do")
    func tooOld() async throws {
        let store = try SQLiteStore(path: file.path)
        let error = await #expect(throws: SQJobsError.self) { try await store.requireSchema() }
        #expect(error?.code == .schemaTooOld)
        #expect(error?.message.contains("has version 0 and this program needs version") == true)
        #expect(error?.message.contains("run `migrate` first") == true)
        let use = await #expect(throws: SQJobsError.self) { try await Results(store).status(of: "a") }
        #expect(use?.code == .schemaTooOld)
    }

    @Test("of a later program are an error that says which version this one knows")
    func tooNew() async throws {
        let store = try SQLiteStore(path: file.path)
        try await store.migrate()
        let known = SQLiteMigration.all.count
        try await store.write { [known] in
            try $0.execute(
                sql: "INSERT INTO sqjobs_migrations (number, summary, applied_at) VALUES (?, 'later', 0)",
                arguments: [known + 1])
        }
        for call in [{ _ = try await store.migrate() }, { try await store.requireSchema() }] {
            let error = await #expect(throws: SQJobsError.self) { try await call() }
            #expect(error?.code == .schemaTooNew)
            #expect(
                error?.message.contains("has version \(known + 1) and this program knows up to version \(known)")
                    == true)
        }
    }

    @Test("are applied once when several processes migrate at the same time")
    func together() async throws {
        let path = file.path
        let applied = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...8 {
                group.addTask { try await SQLiteStore(path: path).migrate().count }
            }
            return try await group.reduce(0, +)
        }
        #expect(applied == SQLiteMigration.all.count)
    }
}
