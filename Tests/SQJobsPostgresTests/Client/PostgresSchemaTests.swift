import SQJobsCore
import Testing

@testable import SQJobsPostgres

@Suite("The schema's name")
struct PostgresSchemaTests {
    @Test(
        "a plain name is quoted, so that case and reserved words do no harm",
        arguments: ["sqjobs", "_a1", "User", "select"])
    func plain(_ name: String) throws {
        let schema = try PostgresSchema(name)
        #expect(schema.quoted == "\"\(name)\"")
        #expect(schema.qualified("results") == "\"\(name)\".\"results\"")
    }

    @Test(
        "any other name is refused, and shown",
        arguments: [
            "", "1a", "a b", "a-b", "a\"; DROP TABLE x; --", "é", "pg_jobs", "a.b", String(repeating: "a", count: 64),
            "a\0",
        ])
    func notPlain(_ name: String) throws {
        let error = try #require(throws: SQJobsError.self) { try PostgresSchema(name) }
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains("“\(name)”"))
    }

    @Test("63 letters are a name")
    func longest() throws {
        let name = String(repeating: "a", count: 63)
        #expect(try PostgresSchema(name).name == name)
    }
}
