import GRDB
import SQJobsCore
import Testing

@testable import SQJobsSQLite

@Suite("Writes that share a transaction")
struct WriterTests {
    private struct Refusal: Error {}

    let file: TemporaryFile
    let store: SQLiteStore

    init() async throws {
        file = try TemporaryFile()
        store = try SQLiteStore(path: file.path)
        try await store.write { try $0.execute(sql: "CREATE TABLE notes (number INTEGER PRIMARY KEY)") }
    }

    @Test("a write that fails takes none of the others with it, and nothing of it stays")
    func apart() async throws {
        let store = store
        let failures = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do {
                        try await store.write { database in
                            try database.execute(sql: "INSERT INTO notes VALUES (?)", arguments: [number])
                            if number.isMultiple(of: 3) { throw Refusal() }
                        }
                        return false
                    } catch {
                        return error is Refusal
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(failures == 67)
        let numbers = try await store.read { try Int.fetchAll($0, sql: "SELECT number FROM notes ORDER BY number") }
        #expect(numbers == (0..<200).filter { !$0.isMultiple(of: 3) })
    }

    @Test("what was written is there when the call returns")
    func committed() async throws {
        let other = try SQLiteStore(path: file.path)
        let store = store
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    try await store.write { try $0.execute(sql: "INSERT INTO notes VALUES (?)", arguments: [number]) }
                    let isThere = try await other.read {
                        try Bool.fetchOne(
                            $0, sql: "SELECT count(*) FROM notes WHERE number = ?", arguments: [number])
                    }
                    #expect(isThere == true)
                }
            }
            try await group.waitForAll()
        }
    }
}
