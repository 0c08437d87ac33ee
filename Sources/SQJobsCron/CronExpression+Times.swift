public import Foundation

extension CronExpression {
    /// The first time after `date` at which the expression fires.
    /// - Parameters:
    ///   - date: an instant; the answer is strictly later.
    ///   - zone: whose clock the fields speak of. A `CRON_TZ=` in the expression wins over it.
    /// - Returns: an instant on a whole second; nil if fifty years have none, or if `date` is more than 8,000 years away
    ///   from 1970.
    public func next(after date: Date, in zone: TimeZone) -> Date? {
        guard let start = Self.instant(date, rounded: .down) else { return nil }
        var search = search(in: zone)
        return search.first(after: start).map { Date(timeIntervalSince1970: Double($0.instant)) }
    }

    /// The last time before `date` at which the expression fired.
    /// - Parameters:
    ///   - date: an instant; the answer is strictly earlier.
    ///   - zone: whose clock the fields speak of. A `CRON_TZ=` in the expression wins over it.
    /// - Returns: an instant on a whole second; nil if fifty years have none, or if `date` is more than 8,000 years away
    ///   from 1970.
    public func previous(before date: Date, in zone: TimeZone) -> Date? {
        guard let start = Self.instant(date, rounded: .up) else { return nil }
        var search = search(in: zone)
        return search.last(before: start).map { Date(timeIntervalSince1970: Double($0.instant)) }
    }

    /// All times after `date` at which the expression fires: `cron.fireTimes(after: date, in: zone).prefix(5)`.
    /// - Parameters:
    ///   - date: an instant; all times are strictly later.
    ///   - zone: whose clock the fields speak of. A `CRON_TZ=` in the expression wins over it.
    public func fireTimes(after date: Date, in zone: TimeZone) -> CronFireTimes {
        CronFireTimes(search: search(in: zone), start: Self.instant(date, rounded: .down))
    }

    /// All firings after `date`, each with what the clock shows and whether a change of the clock moved or repeated it.
    /// - Parameters:
    ///   - date: an instant; all firings are strictly later.
    ///   - zone: whose clock the fields speak of. A `CRON_TZ=` in the expression wins over it.
    public func firings(after date: Date, in zone: TimeZone) -> CronFirings {
        CronFirings(search: search(in: zone), start: Self.instant(date, rounded: .down))
    }

    private func search(in zone: TimeZone) -> CronSearch {
        // The program's author wrote the literal and forgot the seed: no answer would be right, least of all an empty one.
        precondition(!needsSeed, "the cron expression “\(description)” has no times before seeded(by:) gave it a seed")
        return CronSearch(schedule: schedule, zone: ZoneCursor(timeZone ?? zone))
    }

    /// A date in whole seconds; nil if it is no number, or too far away for a calendar to mean anything.
    private static func instant(_ date: Date, rounded rule: FloatingPointRoundingRule) -> Int? {
        let seconds = date.timeIntervalSince1970
        guard abs(seconds) <= 8_000 * 365.2425 * 86_400 else { return nil }
        return Int(seconds.rounded(rule))
    }
}

extension CronSearch {
    /// The first firing after `last`, which becomes the firing's own instant; nil stays nil.
    mutating func first(from last: inout Int?) -> Found? {
        let found = last.flatMap { first(after: $0) }
        last = found?.instant
        return found
    }
}
