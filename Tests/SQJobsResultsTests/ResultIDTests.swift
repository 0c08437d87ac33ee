import SQJobsResults
import Testing

@Suite("The identity of a job (rule 1.4)")
struct ResultIDTests {
    @Test("is what precedes the first #", arguments: [("a#1", "a"), ("a#1#2", "a"), ("a#", "a"), ("plain", "plain")])
    func identity(_ id: String, _ expected: String) throws {
        #expect(try ResultID(of: id).rawValue == expected)
    }

    @Test(
        "that no store can keep is refused with a sentence",
        arguments: [
            ("", "without an id"), ("#1", "without an id"), (String(repeating: "é", count: 257), "is 514 bytes long"),
            ("a\0b", "holds a NUL character"),
        ])
    func refused(_ id: String, _ sentence: String) {
        let error = #expect(throws: SQJobsError.self) { try ResultID(of: id) }
        #expect(error?.code == .unstorable)
        #expect(error?.message.contains(sentence) == true)
    }

    @Test("may be 512 bytes long, and longer with what follows a #")
    func longest() throws {
        let id = String(repeating: "x", count: 512)
        #expect(try ResultID(of: id + "#1").rawValue == id)
    }
}
