import Foundation
import Testing

@testable import SQJobsCron

@Suite("6.10: errors name the field, the text, its position, and what was expected")
struct ErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var input: String
        var field: CronField?
        var text: String
        /// Where the text stands in the input, in characters.
        var position: Int
        /// A part of what was expected.
        var expected: String
        var seed: String? = nil

        var testDescription: String { input.debugDescription }
    }

    @Test(
        "6.10: every kind of error",
        arguments: [
            Case(input: "61 * * * *", field: .minute, text: "61", position: 0, expected: "0 to 59"),
            Case(input: "* 24 * * *", field: .hour, text: "24", position: 2, expected: "0 to 23"),
            Case(input: "* * 0 * *", field: .dayOfMonth, text: "0", position: 4, expected: "1 to 31"),
            Case(input: "* * * 13 *", field: .month, text: "13", position: 6, expected: "1 to 12"),
            Case(input: "* * * * 8", field: .dayOfWeek, text: "8", position: 8, expected: "0 to 7"),
            Case(input: "60 * * * * *", field: .second, text: "60", position: 0, expected: "0 to 59"),
            Case(input: "0 9,12,25,3 * * *", field: .hour, text: "25", position: 7, expected: "0 to 23"),
            Case(input: "0 9-99 * * *", field: .hour, text: "99", position: 4, expected: "0 to 23"),
            Case(input: "0 0 * * MON-FRY", field: .dayOfWeek, text: "FRY", position: 12, expected: "SUN to SAT"),
            Case(input: "0 0 1 JAM *", field: .month, text: "JAM", position: 6, expected: "JAN to DEC"),
            Case(input: "0  9,,12 * * *", field: .hour, text: "", position: 5, expected: "0 to 23"),
            Case(input: "5- * * * *", field: .minute, text: "", position: 2, expected: "0 to 59"),
            Case(input: "*/x * * * *", field: .minute, text: "x", position: 2, expected: "1 or more"),
            Case(input: "*/ * * * *", field: .minute, text: "", position: 2, expected: "1 or more"),
            Case(input: "*/0 * * * *", field: .minute, text: "0", position: 2, expected: "1 or more"),
            Case(input: "0 0 L-40 * *", field: .dayOfMonth, text: "L-40", position: 4, expected: "0 to 30"),
            Case(input: "0 0 40W * *", field: .dayOfMonth, text: "40W", position: 4, expected: "1 to 31"),
            Case(input: "0 0 L/2 * *", field: .dayOfMonth, text: "L/2", position: 4, expected: "without"),
            Case(input: "0 0 * * L", field: .dayOfWeek, text: "L", position: 8, expected: "5L"),
            Case(input: "0 0 * * FRI#6", field: .dayOfWeek, text: "6", position: 12, expected: "1 to 5"),
            Case(input: "0 0 30 2 *", field: .dayOfMonth, text: "30", position: 4, expected: "date"),
            Case(input: "H * * * *", field: .minute, text: "H", position: 0, expected: "seed"),
            Case(input: "H[1-5] * * * *", field: .minute, text: "H[1-5]", position: 0, expected: "H(a-b)", seed: "s"),
            Case(input: "", field: nil, text: "", position: 0, expected: "five fields"),
            Case(input: "0 0 * *", field: nil, text: "", position: 7, expected: "five fields"),
            Case(input: "0 0 0 1 1 * 2026", field: nil, text: "2026", position: 12, expected: "five fields"),
            Case(input: "@reboot", field: nil, text: "@reboot", position: 0, expected: "@daily"),
            Case(input: "TZ=UTC @fortnightly", field: nil, text: "@fortnightly", position: 7, expected: "@weekly"),
            Case(input: "@daily 5", field: nil, text: "5", position: 7, expected: "nothing after @daily"),
            Case(input: "CRON_TZ=Mars/Base 0 0 * * *", field: nil, text: "Mars/Base", position: 8, expected: "IANA"),
            Case(input: "CRON=UTC 0 0 * * *", field: nil, text: "CRON=UTC", position: 0, expected: "CRON_TZ="),
        ])
    func kinds(_ example: Case) throws {
        let error = try #require(throws: CronError.self) { try parse(example.input, seed: example.seed) }
        #expect(error.field == example.field)
        #expect(error.text == example.text)
        #expect(error.input == example.input)
        #expect(error.input.distance(from: error.input.startIndex, to: error.range.lowerBound) == example.position)
        #expect(String(error.input[error.range]) == example.text)
        #expect(error.expected.contains(example.expected), "\(error.expected)")
        if let field = example.field { #expect(error.description.contains("\(field) field")) }
        #expect(error.description.contains(error.expected))
        // The caret stands under the first character of the text.
        let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3)
        #expect(lines[1] == "    \(example.input)")
        let caret = String(repeating: " ", count: 4 + example.position)
        #expect(lines[2] == "\(caret)\(String(repeating: "^", count: max(1, example.text.count)))")
    }

    @Test("6.10: the description prints the input with a caret under the place")
    func caret() throws {
        let error = try #require(throws: CronError.self) { try parse("0 24 * * *") }
        #expect(
            error.description == """
                cron expression, hour field: "24" is out of range; expected a number from 0 to 23
                    0 24 * * *
                      ^^
                """)
        #expect(error.localizedDescription == error.description)
    }

    @Test("6.10: white space in the input does not move the caret, nor does a character of several bytes")
    func caretAlignment() throws {
        let error = try #require(throws: CronError.self) { try parse("\t0\n2é4,👩‍👩‍👧 * * *") }
        #expect(error.text == "2é4")
        #expect(
            error.description.split(separator: "\n").suffix(2) == [
                "     0 2é4,👩‍👩‍👧 * * *", "       ^^^",
            ])
    }

    @Test("6.10: of a very long input only the neighbourhood is shown")
    func longInput() throws {
        let text = "0 " + String(repeating: "1,", count: 5_000) + "x" + String(repeating: ",1", count: 5_000) + " * * *"
        let error = try #require(throws: CronError.self) { try parse(text) }
        #expect(error.text == "x")
        #expect(error.description.count < 500)
        let lines = error.description.split(separator: "\n").map(Array.init)
        let caret = try #require(lines[2].firstIndex(of: "^"))
        #expect(lines[1][caret] == "x")
    }
}
