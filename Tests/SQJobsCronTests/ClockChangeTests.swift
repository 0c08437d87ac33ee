import Foundation
import Testing

@testable import SQJobsCron

/// Every expectation here was computed by hand from the IANA database's transitions, and `firings` checks both
/// directions.
@Suite("6.7: when clocks change")
struct ClockChangeTests {
    // MARK: Gaps

    @Test("6.7: a fixed time in a gap fires at the transition: Madrid's 02:30 at 03:00")
    func fixedInGap() throws {
        #expect(
            try firings("30 2 * * *", after: "2026-03-27 12:00", in: "Europe/Madrid", 3) == [
                "2026-03-28 02:30 +0100", "2026-03-29 03:00 +0200", "2026-03-30 02:30 +0200",
            ])
        #expect(
            try firings("30 2 * * *", after: "2026-03-07 12:00", in: "America/New_York", 2) == [
                "2026-03-08 03:00 -0400", "2026-03-09 02:30 -0400",
            ])
    }

    @Test("6.7: times that land on the same instant fire once")
    func fixedMerged() throws {
        #expect(
            try firings("0,20,40 2,3 * * *", after: "2026-03-29 00:00", in: "Europe/Madrid", 4) == [
                "2026-03-29 03:00 +0200", "2026-03-29 03:20 +0200", "2026-03-29 03:40 +0200",
                "2026-03-30 02:00 +0200",
            ])
        #expect(
            try firings("0,30 59,0 2,3 29 3 *", after: "2026-03-29 00:00", in: "Europe/Madrid", 5) == [
                "2026-03-29 03:00 +0200", "2026-03-29 03:00:30 +0200", "2026-03-29 03:59 +0200",
                "2026-03-29 03:59:30 +0200", "2027-03-29 02:00 +0200",
            ])
    }

    @Test("6.7: a wildcard schedule does not fire at readings that a gap skips")
    func wildcardInGap() throws {
        #expect(
            try firings("*/30 * * * *", after: "2026-03-29 00:00", in: "Europe/Madrid", 4) == [
                "2026-03-29 01:30 +0100", "2026-03-29 03:00 +0200", "2026-03-29 03:30 +0200", "2026-03-29 04:00 +0200",
            ])
        #expect(
            try firings("* 2 * * *", after: "2026-03-28 01:58", in: "Europe/Madrid", 2) == [
                "2026-03-28 02:59 +0100", "2026-03-30 02:00 +0200",
            ])
        #expect(
            try firings("30 */2 * * *", after: "2026-03-28 23:31", in: "Europe/Madrid", 2) == [
                "2026-03-29 04:30 +0200", "2026-03-29 06:30 +0200",
            ])
    }

    // MARK: Overlaps

    @Test("6.7: a fixed time in an overlap fires the first time only")
    func fixedInOverlap() throws {
        #expect(
            try firings("30 2 * * *", after: "2026-10-24 12:00", in: "Europe/Madrid", 2) == [
                "2026-10-25 02:30 +0200", "2026-10-26 02:30 +0100",
            ])
        #expect(
            try firings("30 1 * * *", after: "2026-10-31 12:00", in: "America/New_York", 2) == [
                "2026-11-01 01:30 -0400", "2026-11-02 01:30 -0500",
            ])
        #expect(
            try firings("0,30 0-3 25 10 *", after: "2026-10-24 21:00", in: "Europe/Madrid", 8) == [
                "2026-10-25 00:00 +0200", "2026-10-25 00:30 +0200", "2026-10-25 01:00 +0200", "2026-10-25 01:30 +0200",
                "2026-10-25 02:00 +0200", "2026-10-25 02:30 +0200", "2026-10-25 03:00 +0100", "2026-10-25 03:30 +0100",
            ])
    }

    @Test("6.7: a search that starts within the overlap does not fire again what has fired")
    func fixedFromWithinOverlap() throws {
        // 02:10 for the second time; 02:30 has fired an hour ago by the clock's first pass.
        #expect(
            try firings("30 2 * * *", after: "2026-10-25 01:10", in: "Europe/Madrid", 1) == ["2026-10-26 02:30 +0100"])
        let cron = try parse("30 2 * * *")
        let madrid = try zone("Europe/Madrid")
        #expect(try cron.previous(before: try utc("2026-10-25 01:10"), in: madrid) == utc("2026-10-25 00:30"))
        #expect(try cron.previous(before: try utc("2026-10-25 01:50"), in: madrid) == utc("2026-10-25 00:30"))
    }

    @Test("6.7: a wildcard schedule fires twice at readings that an overlap repeats")
    func wildcardInOverlap() throws {
        #expect(
            try firings("*/30 * * * *", after: "2026-10-24 23:59", in: "Europe/Madrid", 5) == [
                "2026-10-25 02:00 +0200", "2026-10-25 02:30 +0200", "2026-10-25 02:00 +0100", "2026-10-25 02:30 +0100",
                "2026-10-25 03:00 +0100",
            ])
        #expect(
            try firings("30 * * * *", after: "2026-10-24 23:59", in: "Europe/Madrid", 3) == [
                "2026-10-25 02:30 +0200", "2026-10-25 02:30 +0100", "2026-10-25 03:30 +0100",
            ])
        #expect(
            try firings("*/30 2 * * *", after: "2026-10-24 12:00", in: "Europe/Madrid", 5) == [
                "2026-10-25 02:00 +0200", "2026-10-25 02:30 +0200", "2026-10-25 02:00 +0100", "2026-10-25 02:30 +0100",
                "2026-10-26 02:00 +0100",
            ])
    }

    // MARK: What makes a wildcard

    @Test(
        "6.7: a schedule is a wildcard one if its minute or hour field begins with *, or of six its second field",
        arguments: [
            ("30 2 * * *", false), ("0/15 2 * * *", false), ("0-59 0-23 * * *", false), ("5,* 2 * * *", false),
            ("0 30 2 * * *", false), ("H 2 * * *", false), ("@daily", false),
            ("*/15 2 * * *", true), ("* 2 * * *", true), ("30 * * * *", true), ("30 */2 * * *", true),
            ("*,5 2 * * *", true), ("* 30 2 * * *", true), ("*/20 30 2 * * *", true), ("0 30 * * * *", true),
            ("H * * * *", true), ("@hourly", true),
        ])
    func wildcards(_ text: String, _ isWildcard: Bool) throws {
        #expect(try parse(text, seed: "seed").schedule.isWildcard == isWildcard)
        // A wildcard schedule fires twice in the hour that Madrid repeats, or not in the one that it skips.
        let madrid = try zone("Europe/Madrid")
        let overlap = try parse(text, seed: "seed").firings(after: try utc("2026-10-25 00:59"), in: madrid)
            .prefix { $0.date < (try? utc("2026-10-25 02:00")) ?? .distantPast }
        #expect(overlap.contains(where: \.isRepeated) == isWildcard)
    }

    // MARK: Other gaps

    @Test("6.7: Lord Howe's clock changes by half an hour")
    func lordHowe() throws {
        #expect(
            try firings("15 2 * * *", after: "2026-10-02 16:00", in: "Australia/Lord_Howe", 3) == [
                "2026-10-04 02:30 +1100", "2026-10-05 02:15 +1100", "2026-10-06 02:15 +1100",
            ])
        #expect(
            try firings("*/15 * * * *", after: "2026-10-03 15:10", in: "Australia/Lord_Howe", 3) == [
                "2026-10-04 01:45 +1030", "2026-10-04 02:30 +1100", "2026-10-04 02:45 +1100",
            ])
        #expect(
            try firings("*/15 * * * *", after: "2026-04-04 14:29", in: "Australia/Lord_Howe", 5) == [
                "2026-04-05 01:30 +1100", "2026-04-05 01:45 +1100", "2026-04-05 01:30 +1030", "2026-04-05 01:45 +1030",
                "2026-04-05 02:00 +1030",
            ])
        #expect(
            try firings("45 1 * * *", after: "2026-04-04 14:29", in: "Australia/Lord_Howe", 2) == [
                "2026-04-05 01:45 +1100", "2026-04-06 01:45 +1030",
            ])
    }

    @Test("6.7: Apia's 2011-12-30 does not exist; what was due that day fires once, when it would have begun")
    func apia() throws {
        #expect(
            try firings("0 12 * * *", after: "2011-12-29 00:00", in: "Pacific/Apia", 3) == [
                "2011-12-29 12:00 -1000", "2011-12-31 00:00 +1400", "2011-12-31 12:00 +1400",
            ])
        #expect(
            try firings("0 6,12,18 30 12 *", after: "2011-12-01 00:00", in: "Pacific/Apia", 2) == [
                "2011-12-31 00:00 +1400", "2012-12-30 06:00 +1400",
            ])
        #expect(
            try firings("0 0 * * *", after: "2011-12-29 12:00", in: "Pacific/Apia", 2) == [
                "2011-12-31 00:00 +1400", "2012-01-01 00:00 +1400",
            ])
        #expect(
            try firings("0 */12 * * *", after: "2011-12-29 12:00", in: "Pacific/Apia", 3) == [
                "2011-12-29 12:00 -1000", "2011-12-31 00:00 +1400", "2011-12-31 12:00 +1400",
            ])
        #expect(
            try firings("*/30 * 30 12 *", after: "2011-12-01 00:00", in: "Pacific/Apia", 1)
                == ["2012-12-30 00:00 +1400"])
    }

    @Test("6.7: the day is matched by the nominal date")
    func nominalDate() throws {
        // A Friday's noon, which Apia's clock skipped, fires on Saturday; Saturday's own noon does not.
        #expect(
            try firings("0 12 * * FRI", after: "2011-12-28 00:00", in: "Pacific/Apia", 2) == [
                "2011-12-31 00:00 +1400", "2012-01-06 12:00 +1400",
            ])
        // The day before December's last is the 30th, though that December has none.
        #expect(
            try firings("0 8 L-1 * *", after: "2011-12-01 00:00", in: "Pacific/Apia", 2) == [
                "2011-12-31 00:00 +1400", "2012-01-30 08:00 +1400",
            ])
    }

    @Test("6.7: midnight does not exist when Sao Paulo's and Tehran's daylight saving time begins")
    func midnights() throws {
        #expect(
            try firings("0 0 * * *", after: "2017-10-14 12:00", in: "America/Sao_Paulo", 2) == [
                "2017-10-15 01:00 -0200", "2017-10-16 00:00 -0200",
            ])
        #expect(
            try firings("0 * 15 10 *", after: "2017-10-14 12:00", in: "America/Sao_Paulo", 2) == [
                "2017-10-15 01:00 -0200", "2017-10-15 02:00 -0200",
            ])
        #expect(
            try firings("30 0 * * *", after: "2021-03-21 12:00", in: "Asia/Tehran", 2) == [
                "2021-03-22 01:00 +0430", "2021-03-23 00:30 +0430",
            ])
        #expect(
            try firings("*/20 * * * *", after: "2021-03-21 20:15", in: "Asia/Tehran", 2) == [
                "2021-03-22 01:00 +0430", "2021-03-22 01:20 +0430",
            ])
        // The hour before midnight comes twice, so that the day ends twice.
        #expect(
            try firings("30 23 * * *", after: "2018-02-17 12:00", in: "America/Sao_Paulo", 2) == [
                "2018-02-17 23:30 -0200", "2018-02-18 23:30 -0300",
            ])
        #expect(
            try firings("30 * 17 2 *", after: "2018-02-18 01:00", in: "America/Sao_Paulo", 3) == [
                "2018-02-17 23:30 -0200", "2018-02-17 23:30 -0300", "2019-02-17 00:30 -0300",
            ])
    }

    @Test("6.7: Casablanca puts its clock back for Ramadan and forward after it")
    func casablanca() throws {
        #expect(
            try firings("30 2 * * *", after: "2024-03-09 12:00", in: "Africa/Casablanca", 2) == [
                "2024-03-10 02:30 +0100", "2024-03-11 02:30 +0000",
            ])
        #expect(
            try firings("30 2 * * *", after: "2024-04-13 12:00", in: "Africa/Casablanca", 2) == [
                "2024-04-14 03:00 +0100", "2024-04-15 02:30 +0100",
            ])
        #expect(
            try firings("30 * * * *", after: "2024-03-10 01:00", in: "Africa/Casablanca", 3) == [
                "2024-03-10 02:30 +0100", "2024-03-10 02:30 +0000", "2024-03-10 03:30 +0000",
            ])
    }

    @Test("6.7: Kathmandu moved by a quarter of an hour once, and is 5:45 ahead since")
    func kathmandu() throws {
        #expect(
            try firings("10 0 * * *", after: "1985-12-30 12:00", in: "Asia/Kathmandu", 3) == [
                "1985-12-31 00:10 +0530", "1986-01-01 00:15 +0545", "1986-01-02 00:10 +0545",
            ])
        #expect(
            try firings("*/5 * * * *", after: "1985-12-31 18:29", in: "Asia/Kathmandu", 1) == [
                "1986-01-01 00:15 +0545"
            ])
        #expect(
            try firings("0 9 * * *", after: "2026-07-01 00:00", in: "Asia/Kathmandu", 1) == [
                "2026-07-01 09:00 +0545"
            ])
    }

    @Test("6.7: in UTC and in zones of a fixed offset nothing is special")
    func withoutTransitions() throws {
        let expected = ["2026-03-29 02:30 +0000", "2026-03-30 02:30 +0000"]
        #expect(try firings("30 2 * * *", after: "2026-03-29 00:00", in: "UTC", 2) == expected)
        #expect(
            try firings("*/30 2/20 * * *", after: "2026-03-29 02:00", in: "UTC", 2) == [
                "2026-03-29 02:30 +0000", "2026-03-29 22:00 +0000",
            ])
        let fixed = try #require(TimeZone(secondsFromGMT: -34_200))
        #expect(try parse("30 2 * * *").next(after: try utc("2026-03-29 00:00"), in: fixed) == utc("2026-03-29 12:00"))
    }

    // MARK: 6.8

    @Test("6.8: a transition that Foundation reports but that changes no offset is none: Istanbul, 2016-09-07")
    func istanbul() throws {
        #expect(
            try firings("30 0 * * *", after: "2016-09-05 22:00", in: "Europe/Istanbul", 3) == [
                "2016-09-07 00:30 +0300", "2016-09-08 00:30 +0300", "2016-09-09 00:30 +0300",
            ])
        #expect(
            try firings("*/30 * * * *", after: "2016-09-06 20:45", in: "Europe/Istanbul", 3) == [
                "2016-09-07 00:00 +0300", "2016-09-07 00:30 +0300", "2016-09-07 01:00 +0300",
            ])
    }

    @Test("6.8: next is strictly after and previous strictly before, to the fraction of a second")
    func strictness() throws {
        let cron = try parse("0 12 * * *")
        let utcZone = try zone("UTC")
        let noon = try utc("2026-01-01 12:00")
        let day = 86_400.0
        #expect(cron.next(after: noon, in: utcZone) == noon + day)
        #expect(cron.previous(before: noon, in: utcZone) == noon - day)
        #expect(cron.next(after: noon - 0.001, in: utcZone) == noon)
        #expect(cron.next(after: noon + 0.001, in: utcZone) == noon + day)
        #expect(cron.previous(before: noon + 0.001, in: utcZone) == noon)
        #expect(cron.previous(before: noon - 0.001, in: utcZone) == noon - day)
        let second = try parse("* * * * * *")
        #expect(second.next(after: noon + 0.5, in: utcZone) == noon + 1)
        #expect(second.previous(before: noon + 0.5, in: utcZone) == noon)
    }

    @Test("6.8: before 1970, before clocks were standardised, and in the far future")
    func otherCenturies() throws {
        #expect(
            try firings("0 0 29 2 *", after: "1890-01-01 00:00", in: "UTC", 3) == [
                "1892-02-29 00:00 +0000", "1896-02-29 00:00 +0000", "1904-02-29 00:00 +0000",
            ])
        // Madrid was 14 minutes and 44 seconds behind Greenwich, and 1901 began when the clock showed 23:45:16.
        #expect(
            try firings("30 23 * * *", after: "1900-12-31 00:00", in: "Europe/Madrid", 1) == [
                "1900-12-31 23:30 -0014"
            ])
        #expect(
            try parse("30 23 * * *").next(after: try utc("1900-12-31 00:00"), in: try zone("Europe/Madrid"))
                == utc("1900-12-31 23:44:44"))
        #expect(
            try firings("30 2 * * *", after: "2300-03-24 12:00", in: "Europe/Madrid", 1) == [
                "2300-03-25 03:00 +0200"
            ])
        for date in [Date.distantPast, .distantFuture] {
            let cron = try parse("0 0 1 1 *")
            let madrid = try zone("Europe/Madrid")
            let next = try #require(cron.next(after: date, in: madrid))
            #expect(cron.previous(before: next.addingTimeInterval(1), in: madrid) == next)
        }
    }

    @Test(
        "6.8: a date that no calendar reaches has no next and no previous",
        arguments: [
            Double.nan, .infinity, -.infinity, 1e300, -1e18, 9e11,
        ])
    func unreachable(_ seconds: Double) throws {
        let date = Date(timeIntervalSince1970: seconds)
        let cron = try parse("* * * * *")
        let utcZone = try zone("UTC")
        #expect(cron.next(after: date, in: utcZone) == nil)
        #expect(cron.previous(before: date, in: utcZone) == nil)
        #expect(Array(cron.fireTimes(after: date, in: utcZone)) == [])
        #expect(Array(cron.firings(after: date, in: utcZone)) == [])
    }
}
