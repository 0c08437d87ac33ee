import Foundation
import GRDB
import Testing

@testable import SQJobsSQLite

@Suite("The file of a store in SQLite")
struct StoreFileTests {
    let file: TemporaryFile

    init() throws {
        file = try TemporaryFile()
    }

    private func openingError(_ path: String) -> SQJobsError? {
        #expect(throws: SQJobsError.self) { try SQLiteStore(path: path) }
    }

    @Test("is made where there is none, and what was written is there for the next process")
    func reopened() async throws {
        let first = try SQLiteStore(path: file.path)
        try await first.migrate()
        _ = try await first.claim(
            [ClaimRequest(id: try ResultID(of: "a"), name: "job", queue: "q")], lease: .seconds(60))
        await first.shutdown()
        let second = try SQLiteStore(path: file.path)
        #expect(try await Results(second).status(of: "a")?.state == .running)
    }

    @Test("without a folder is refused with a sentence that names it")
    func missingFolder() throws {
        let error = try #require(openingError(file.folder.appending(path: "missing/jobs.sqlite").path))
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains("missing/jobs.sqlite cannot be opened or made: see that its folder is there"))
    }

    @Test("that is no database is refused with a sentence, and left as it is")
    func noDatabase() throws {
        let text = Data(String(repeating: "This is a letter to my mother.\n", count: 100).utf8)
        try text.write(to: URL(filePath: file.path))
        let error = try #require(openingError(file.path))
        #expect(error.message == "The store's file \(file.path) is no SQLite database: name another file.")
        #expect(try Data(contentsOf: URL(filePath: file.path)) == text)
    }

    @Test("must be one that processes can share", arguments: ["", ":memory:"])
    func noFile(_ path: String) throws {
        let error = try #require(openingError(path))
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains("needs a file that processes can share"))
    }

    @Test("that cannot be written to is refused with a sentence")
    func readOnly() async throws {
        let store = try SQLiteStore(path: file.path)
        try await store.migrate()
        // Permissions do not stop an administrator, who may run the tests; this switch stops everybody.
        try await store.write { try $0.execute(sql: "PRAGMA query_only = 1") }
        let error = await #expect(throws: SQJobsError.self) {
            try await store.withdraw([try ResultID(of: "a")])
        }
        #expect(error?.code == .storeRefused)
        #expect(error?.message.contains("may not be written to") == true)
    }

    @Test("that is closed says so")
    func closed() async throws {
        let store = try SQLiteStore(path: file.path)
        try await store.migrate()
        await store.shutdown()
        let error = await #expect(throws: SQJobsError.self) { try await Results(store).status(of: "a") }
        #expect(error?.code == .shuttingDown)
    }

    @Test(
        "has a write-ahead log, and is as durable as was asked for",
        arguments: [
            (SQLiteDurability.processes, 1), (.machine, 2),
        ])
    func durability(_ durability: SQLiteDurability, _ expected: Int) async throws {
        let store = try SQLiteStore(path: file.path, durability: durability)
        let (journal, synchronous) = try await store.write { database in
            (
                try String.fetchOne(database, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(database, sql: "PRAGMA synchronous")
            )
        }
        #expect(journal == "wal")
        #expect(synchronous == expected)
    }

    @Test("tells of SQLite's errors without what was written")
    func secrecy() async throws {
        let store = try SQLiteStore(path: file.path)
        try await store.migrate()
        try await store.write {
            try $0.execute(
                sql: """
                    CREATE TRIGGER refuse BEFORE INSERT ON sqjobs_results
                    BEGIN SELECT RAISE(ABORT, 'refused by a trigger'); END
                    """)
        }
        let arguments = try JobArguments(args: ["a secret"])
        let pending = PendingResult(id: try ResultID(of: "a"), name: "job", queue: "q", arguments: arguments)
        let error = await #expect(throws: SQJobsError.self) { try await store.recordPending([pending]) }
        #expect(error?.code == .storeRefused)
        #expect(error.map { "\($0)" }?.contains("secret") == false)
        #expect(error.map { "\($0)" }?.contains("refused by a trigger") == true)
    }
}
