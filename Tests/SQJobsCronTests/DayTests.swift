import Foundation
import Testing

@testable import SQJobsCron

@Suite("6.4, 6.6 and 6.9: days")
struct DayTests {
    @Test("6.4: L is the last day of the month", arguments: ["0 0 L * *", "0 0 l * *"])
    func lastDay(_ text: String) throws {
        #expect(try days(text, in: "2026-01") == [31])
        #expect(try days(text, in: "2026-02") == [28])
        #expect(try days(text, in: "2028-02") == [29])
        #expect(try days(text, in: "2100-02") == [28])
        #expect(try days(text, in: "2026-04") == [30])
    }

    @Test("6.4: L-n is n days before the last")
    func beforeLastDay() throws {
        #expect(try days("0 0 L-3 * *", in: "2026-01") == [28])
        #expect(try days("0 0 L-3 * *", in: "2026-02") == [25])
        #expect(try days("0 0 L-30 * *", in: "2026-01") == [1])
        #expect(try days("0 0 L-30 * *", in: "2026-04") == [])
        #expect(try parse("0 0 L-0 * *") == parse("0 0 L * *"))
        #expect(throws: CronError.self) { try parse("0 0 L-31 * *") }
    }

    @Test("6.4: LW is the last working day")
    func lastWorkingDay() throws {
        #expect(try days("0 0 LW * *", in: "2026-01") == [30])  // the 31st is a Saturday
        #expect(try days("0 0 LW * *", in: "2026-05") == [29])  // the 31st is a Sunday
        #expect(try days("0 0 LW * *", in: "2026-03") == [31])  // a Tuesday
    }

    @Test("6.4: nW is the working day nearest to n, within the month")
    func nearestWorkingDay() throws {
        #expect(try days("0 0 15W * *", in: "2026-01") == [15])  // a Thursday
        #expect(try days("0 0 15W * *", in: "2026-08") == [14])  // a Saturday
        #expect(try days("0 0 15W * *", in: "2026-03") == [16])  // a Sunday
        #expect(try days("0 0 1W * *", in: "2026-08") == [3])  // a Saturday, and July is out of reach
        #expect(try days("0 0 1W * *", in: "2026-02") == [2])  // a Sunday
        #expect(try days("0 0 31W * *", in: "2026-05") == [29])  // a Sunday, and June is out of reach
        #expect(try days("0 0 31w * *", in: "2026-01") == [30])  // a Saturday
        #expect(try days("0 0 31W * *", in: "2026-04") == [])  // April has no 31st to be near to
    }

    @Test("6.4: 5L and FRIL are the last Friday", arguments: ["0 0 * * 5L", "0 0 * * FRIL", "0 0 * * fril"])
    func lastFriday(_ text: String) throws {
        #expect(try days(text, in: "2026-01") == [30])
        #expect(try days(text, in: "2026-02") == [27])
        #expect(try days(text, in: "2026-07") == [31])
    }

    @Test("6.4: 0L, 7L and SUNL are the last Sunday", arguments: ["0L", "7L", "SUNL"])
    func lastSunday(_ weekday: String) throws {
        #expect(try days("0 0 * * \(weekday)", in: "2026-03") == [29])
    }

    @Test("6.4: 5#2 and FRI#2 are the second Friday", arguments: ["5#2", "FRI#2", "fri#02"])
    func secondFriday(_ weekday: String) throws {
        #expect(try days("0 0 * * \(weekday)", in: "2026-01") == [9])
        #expect(try days("0 0 * * \(weekday)", in: "2026-05") == [8])
    }

    @Test("6.4: the fifth weekday only comes in months that have it")
    func fifthWeekday() throws {
        #expect(try days("0 0 * * FRI#5", in: "2026-01") == [30])
        #expect(try days("0 0 * * FRI#5", in: "2026-02") == [])
        #expect(try parse("0 0 * * 7#5") == parse("0 0 * * SUN#5"))
    }

    @Test("6.4: the special days stand in lists")
    func lists() throws {
        #expect(try days("0 0 1,L-1,L * *", in: "2026-02") == [1, 27, 28])
        #expect(try days("0 0 10-12,15W,LW * *", in: "2026-08") == [10, 11, 12, 14, 31])
        #expect(try days("0 0 * * MON#1,WED,FRIL", in: "2026-01") == [5, 7, 14, 21, 28, 30])
    }

    @Test(
        "6.4: the special days take no step, stand in no range, and only in their field",
        arguments: [
            "0 0 L/2 * *", "0 0 15W/2 * *", "0 0 * * 5L/2", "0 0 * * 5#2/2", "0 0 1-L * *", "0 0 * * MON-FRIL",
            "0 0 * * 1-5#2", "0 0 5#2 * *", "0 0 * * LW", "0 0 * * L", "0 0 * * 5W", "0 L * * *", "0 0 * L *",
            "0 0 0W * *", "0 0 32W * *", "0 0 W * *", "0 0 L-W * *", "0 0 L3 * *", "0 0 * * 5#0", "0 0 * * 5#6",
            "0 0 * * 5#", "0 0 * * #2", "0 0 * * 8L", "0 0 * * 8#1", "0 0 L- * *",
        ])
    func specialDaysElsewhere(_ text: String) {
        #expect(throws: CronError.self) { try parse(text) }
    }

    @Test("6.6: with neither day field beginning with *, either suffices")
    func either() throws {
        #expect(try days("0 0 13 * FRI", in: "2026-01") == [2, 9, 13, 16, 23, 30])
        #expect(try days("0 0 1,*/10 * FRI", in: "2026-01") == [1, 2, 9, 11, 16, 21, 23, 30, 31])
        #expect(try days("0 0 1-31 * FRI", in: "2026-02") == Array(1...28))
        #expect(try days("0 0 L * FRI#1", in: "2026-01") == [2, 31])
    }

    @Test("6.6: if one day field begins with *, a day must match both")
    func both() throws {
        #expect(try days("0 0 */2 * FRI", in: "2026-01") == [9, 23])
        #expect(try days("0 0 13 * */5", in: "2026-02") == [13])  // a Friday
        #expect(try days("0 0 13 * */5", in: "2026-01") == [])  // a Tuesday
        #expect(try days("0 0 *,13 * FRI", in: "2026-01") == [2, 9, 16, 23, 30])
        #expect(try days("0 0 ?/2 * FRI", in: "2026-01") == [9, 23])
        #expect(try days("0 0 LW * */5", in: "2026-01") == [30])
    }

    @Test("6.6: with one day field *, the other decides")
    func one() throws {
        #expect(try days("0 0 13 * *", in: "2026-01") == [13])
        #expect(try days("0 0 * * FRI", in: "2026-01") == [2, 9, 16, 23, 30])
        #expect(try days("0 0 * * *", in: "2026-02") == Array(1...28))
    }

    @Test(
        "6.9: dates that can never come are an error when parsed",
        arguments: [
            "0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "0 0 30,31 FEB *", "0 0 L-30 4 *", "0 0 L-29 2 *", "0 0 30W 2 *",
            "0 0 */31 2 FRI#5", "0 0 0 30 2 *", "CRON_TZ=UTC 0 0 31 11 *", "0 0 */30 4 MON#2",
        ])
    func impossibleDates(_ text: String) throws {
        let error = #expect(throws: CronError.self) { try parse(text) }
        #expect(error?.field == .dayOfMonth)
    }

    @Test(
        "6.9: rare dates are found",
        arguments: [
            ("0 0 29 2 *", "2096-03-01 00:00", "2104-02-29 00:00 +0000"),  // 2100 is no leap year
            ("0 0 29 2 */7", "2088-03-01 00:00", "2128-02-29 00:00 +0000"),  // a Sunday
            ("0 0 * 2 MON#5", "2072-03-01 00:00", "2112-02-29 00:00 +0000"),
            ("0 0 */31 2 SUN", "2026-02-02 00:00", "2032-02-01 00:00 +0000"),
            ("0 0 30 2 MON", "2026-01-01 00:00", "2026-02-02 00:00 +0000"),  // either suffices
        ])
    func rareDates(_ text: String, _ start: String, _ expected: String) throws {
        #expect(try firings(text, after: start, in: "UTC", 1) == [expected])
    }

    @Test("6.9: no match within fifty years is nil")
    func horizon() throws {
        // Madrid's clock skips 02:00 to 02:59 on the last Sunday of March in every one of these years, and the expression
        // follows the clock.
        let cron = try parse("* 2 * 3 SUNL")
        let madrid = try zone("Europe/Madrid")
        #expect(cron.next(after: try utc("2026-01-01 00:00"), in: madrid) == nil)
        #expect(cron.previous(before: try utc("2035-01-01 00:00"), in: madrid) == nil)
        #expect(Array(cron.fireTimes(after: try utc("2026-01-01 00:00"), in: madrid)) == [])
        #expect(try cron.next(after: try utc("2026-01-01 00:00"), in: try zone("UTC")) == utc("2026-03-29 02:00"))
    }
}
