/// What a clock on the wall shows: a date and a time of day, without a zone.
public struct CronLocalTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The year of the proleptic Gregorian calendar.
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to 31.
    public let day: Int
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int
    /// 0 to 59.
    public let second: Int

    /// - Parameter reading: seconds from 1970-01-01 00:00:00 as the clock shows it.
    init(reading: Int) {
        let dayNumber = reading.flooredQuotient(by: 86_400)
        let (civil, dayOfMonth) = CivilMonth.containing(day: dayNumber)
        let time = reading - dayNumber * 86_400
        year = civil.year
        month = civil.month
        day = dayOfMonth
        hour = time / 3_600
        minute = time / 60 % 60
        second = time % 60
    }

    /// `"2026-03-29 03:00:00"`.
    public var description: String {
        "\(Self.padded(year, to: 4))-\(Self.padded(month))-\(Self.padded(day)) "
            + "\(Self.padded(hour)):\(Self.padded(minute)):\(Self.padded(second))"
    }

    /// Earlier on the wall; where a clock is put back that may be later in time.
    public static func < (left: CronLocalTime, right: CronLocalTime) -> Bool {
        (left.year, left.month, left.day, left.hour * 3_600 + left.minute * 60 + left.second)
            < (right.year, right.month, right.day, right.hour * 3_600 + right.minute * 60 + right.second)
    }

    private static func padded(_ number: Int, to width: Int = 2) -> String {
        let digits = String(number.magnitude)
        return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
