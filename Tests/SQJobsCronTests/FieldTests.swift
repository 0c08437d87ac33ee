import Foundation
import Testing

@testable import SQJobsCron

@Suite("6.1 to 6.3: fields, items and names")
struct FieldTests {
    private let hours = (0...23).map { "\($0 < 10 ? "0" : "")\($0):00" }

    @Test("6.1: five fields are minute, hour, day of month, month, day of week")
    func fiveFields() throws {
        #expect(
            try firings("5 4 3 2 *", after: "2026-01-01 00:00", in: "UTC", 2)
                == ["2026-02-03 04:05 +0000", "2027-02-03 04:05 +0000"])
        #expect(try days("0 0 * * 3", in: "2026-07") == [1, 8, 15, 22, 29])
    }

    @Test("6.1: six fields have seconds in front")
    func sixFields() throws {
        #expect(
            try firings("*/20 5 4 3 2 *", after: "2026-01-01 00:00", in: "UTC", 4) == [
                "2026-02-03 04:05 +0000", "2026-02-03 04:05:20 +0000", "2026-02-03 04:05:40 +0000",
                "2027-02-03 04:05 +0000",
            ])
    }

    @Test("6.1: 0 and 7 are both Sunday", arguments: ["0 0 * * 0", "0 0 * * 7", "0 0 * * 0,7", "0 0 * * SUN"])
    func sunday(_ text: String) throws {
        #expect(try days(text, in: "2026-02") == [1, 8, 15, 22])
    }

    @Test(
        "6.1: any white space separates",
        arguments: ["1 2 3 4 *", "  1\t2\n3\r\n4   * ", "1\u{B}2\u{C}3\u{A0}4\u{3000}*", "\u{2028}1 2 3 4 *\u{85}"])
    func whiteSpace(_ text: String) throws {
        #expect(try parse(text) == parse("1 2 3 4 *"))
    }

    @Test(
        "6.1: only ASCII digits are digits",
        arguments: ["١ * * * *", "５ * * * *", "² * * * *", "1e1 * * * *", "+1 * * * *"])
    func asciiDigits(_ text: String) {
        #expect(throws: CronError.self) { try parse(text) }
    }

    @Test("6.1: leading zeros are fine")
    func leadingZeros() throws {
        #expect(try parse("007 0000004 01 00012 06") == parse("7 4 1 12 6"))
    }

    @Test(
        "6.1: every field's smallest and largest values are read, and those beside them are not",
        arguments: zip([0, 0, 0, 1, 1, 0], [59, 59, 23, 31, 12, 7]).enumerated().map { ($0, $1.0, $1.1) })
    func limits(_ field: Int, _ smallest: Int, _ largest: Int) throws {
        func expression(_ value: Int) -> String {
            var fields = ["0", "0", "0", "*", "*", "*"]
            fields[field] = String(value)
            return fields.joined(separator: " ")
        }
        _ = try parse(expression(smallest))
        _ = try parse(expression(largest))
        #expect(throws: CronError.self) { try parse(expression(largest + 1)) }
        #expect(throws: CronError.self) { try parse(expression(smallest - 1)) }
    }

    @Test("6.2: star, value, range and list")
    func items() throws {
        #expect(try times("0 * * * *", on: "2026-01-01") == hours)
        #expect(try times("0 5 * * *", on: "2026-01-01") == ["05:00"])
        #expect(try times("0 5-7 * * *", on: "2026-01-01") == ["05:00", "06:00", "07:00"])
        #expect(try times("0 1,5-7,6,23 * * *", on: "2026-01-01") == ["01:00", "05:00", "06:00", "07:00", "23:00"])
    }

    @Test("6.2: */n counts from the field's minimum")
    func starStep() throws {
        #expect(try times("0 */7 * * *", on: "2026-01-01") == ["00:00", "07:00", "14:00", "21:00"])
        #expect(try days("0 0 */10 * *", in: "2026-01") == [1, 11, 21, 31])
        #expect(try parse("0 0 1 */5 *") == parse("0 0 1 1,6,11 *"))
        #expect(try parse("0 0 * * */2") == parse("0 0 * * 0,2,4,6"))
    }

    @Test("6.2: a/n is a-max/n, and 7 in the day of week")
    func valueStep() throws {
        #expect(try times("0 5/8 * * *", on: "2026-01-01") == ["05:00", "13:00", "21:00"])
        #expect(try parse("0 0 * * 5/2") == parse("0 0 * * FRI,SUN"))
        #expect(try parse("0 0 * * MON/2") == parse("0 0 * * 1-7/2"))
        #expect(try parse("0 0 1 OCT/2 *") == parse("0 0 1 10,12 *"))
    }

    @Test("6.2: a-b/n counts from a; a-a/n is a")
    func rangeStep() throws {
        #expect(try times("0 9-17/4 * * *", on: "2026-01-01") == ["09:00", "13:00", "17:00"])
        #expect(try times("0 9-9/4 * * *", on: "2026-01-01") == ["09:00"])
        #expect(try parse("0 0 * * 3-3/2") == parse("0 0 * * 3"))
        #expect(try parse("0 0 * * 7-7/2") == parse("0 0 * * 0"))
    }

    @Test(
        "6.2: a step beyond the range leaves the first value", arguments: ["24", "1000", "99999999999999999999999999"])
    func largeStep(_ step: String) throws {
        #expect(try times("0 */\(step) * * *", on: "2026-01-01") == ["00:00"])
        #expect(try times("0 5/\(step) * * *", on: "2026-01-01") == ["05:00"])
        #expect(try times("0 5-20/\(step) * * *", on: "2026-01-01") == ["05:00"])
    }

    @Test("6.2: a step of 0 is an error", arguments: ["*/0 * * * *", "5/0 * * * *", "1-5/00 * * * *", "H/0 * * * *"])
    func zeroStep(_ text: String) {
        #expect(throws: CronError.self) { try parse(text, seed: "seed") }
    }

    @Test("6.3: names in any case, in ranges, lists and steps")
    func names() throws {
        #expect(try parse("0 0 1 jan,Feb,MAR *") == parse("0 0 1 1,2,3 *"))
        #expect(try parse("0 0 1 apr-JUN,dec *") == parse("0 0 1 4-6,12 *"))
        #expect(try parse("0 0 1 jan-dec/3 *") == parse("0 0 1 1-12/3 *"))
        #expect(try parse("0 0 * * mon-FRI") == parse("0 0 * * 1-5"))
        #expect(try parse("0 0 * * Sun,tue,wed,Thu,SAT") == parse("0 0 * * 0,2,3,4,6"))
        #expect(try parse("0 0 * * MON-5/2") == parse("0 0 * * 1,3,5"))
        #expect(try parse("0 0 1 JUL,AUG,SEP,OCT,NOV,MAY *") == parse("0 0 1 5,7-11 *"))
    }

    @Test(
        "6.3: names only in their field, and three letters only",
        arguments: [
            "JAN * * * *", "* * MON * *", "* * * MON *", "* * * * JAN", "* * * JANUARY *", "* * * * MO", "* * * JA *",
        ])
    func namesElsewhere(_ text: String) {
        #expect(throws: CronError.self) { try parse(text) }
    }

    @Test("6.3: ? is * in the day fields, and an error elsewhere")
    func questionMark() throws {
        #expect(try parse("0 0 ? * MON") == parse("0 0 * * MON"))
        #expect(try parse("0 0 13 * ?") == parse("0 0 13 * *"))
        #expect(try parse("0 0 ?/2 * MON") == parse("0 0 */2 * MON"))
        for text in ["? * * * *", "* ? * * *", "* * * ? *", "? * * * * *"] {
            #expect(throws: CronError.self) { try parse(text) }
        }
    }

    @Test("6.4: ranges wrap in every field")
    func wrapping() throws {
        #expect(try parse("50-10 * * * *") == parse("50,51,52,53,54,55,56,57,58,59,0,1,2,3,4,5,6,7,8,9,10 * * * *"))
        #expect(try parse("58-1 0 0 1 1 *") == parse("58,59,0,1 0 0 1 1 *"))
        #expect(try times("0 22-4 * * *", on: "2026-01-01") == [0, 1, 2, 3, 4, 22, 23].map { hours[$0] })
        #expect(try times("0 22-4/2 * * *", on: "2026-01-01") == [0, 2, 4, 22].map { hours[$0] })
        #expect(try times("0 22-4/4 * * *", on: "2026-01-01") == [2, 22].map { hours[$0] })
        #expect(try days("0 0 30-2 * *", in: "2026-01") == [1, 2, 30, 31])
        #expect(try parse("0 0 1 NOV-FEB *") == parse("0 0 1 11,12,1,2 *"))
        #expect(try parse("0 0 * * FRI-MON") == parse("0 0 * * 5,6,0,1"))
        #expect(try parse("0 0 * * 7-2") == parse("0 0 * * 0,1,2"))
    }

    @Test("6.4: MON-SUN is the whole week", arguments: ["MON-SUN", "1-7", "0-7", "0-6", "SUN-SAT", "TUE-MON", "SUN-7"])
    func wholeWeek(_ range: String) throws {
        #expect(try days("0 0 * * \(range)", in: "2026-02") == Array(1...28))
    }
}
