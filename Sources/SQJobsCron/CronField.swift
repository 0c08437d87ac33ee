/// One of the fields of a cron expression.
public enum CronField: Int, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// 0 to 59; only expressions of six fields have it, in front.
    case second
    /// 0 to 59.
    case minute
    /// 0 to 23.
    case hour
    /// 1 to 31, and `L`, `L-n`, `LW`, `nW`.
    case dayOfMonth
    /// 1 to 12, or `JAN` to `DEC`.
    case month
    /// 0 to 7, both of which are Sunday, or `SUN` to `SAT`, and `5L`, `5#2`.
    case dayOfWeek

    /// The field's name as error messages have it: `"day-of-month"`.
    public var description: String {
        switch self {
        case .second: "second"
        case .minute: "minute"
        case .hour: "hour"
        case .dayOfMonth: "day-of-month"
        case .month: "month"
        case .dayOfWeek: "day-of-week"
        }
    }

    /// The values that may be written.
    var range: ClosedRange<Int> {
        switch self {
        case .second, .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    /// How many values there are until they repeat: in the day of the week 7 is 0 again.
    var cycle: Int {
        self == .dayOfWeek ? 7 : range.count
    }

    /// The values over which `H` spreads: days that every month has, and Sunday only once.
    var hashRange: ClosedRange<Int> {
        switch self {
        case .dayOfMonth: 1...28
        case .dayOfWeek: 0...6
        default: range
        }
    }

    var isDay: Bool {
        self == .dayOfMonth || self == .dayOfWeek
    }

    /// Three upper-case letters for each value from the field's minimum on.
    var names: [StaticString] {
        switch self {
        case .month: Self.monthNames
        case .dayOfWeek: Self.dayNames
        default: []
        }
    }

    private static let dayNames: [StaticString] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    private static let monthNames: [StaticString] = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]

    /// What one value of the field looks like.
    var expectedValue: String {
        switch self {
        case .month: "a number from 1 to 12 or a name from JAN to DEC"
        case .dayOfWeek: "a number from 0 to 7 or a name from SUN to SAT"
        default: "a number from \(range.lowerBound) to \(range.upperBound)"
        }
    }

    /// What one item of the field's list looks like.
    var expectedItem: String {
        switch self {
        case .dayOfMonth: "*, \(expectedValue), a range, L, L-n, LW or nW"
        case .dayOfWeek: "*, \(expectedValue), a range, a last weekday such as 5L or an n-th one such as 5#2"
        default: "*, \(expectedValue), or a range of them"
        }
    }
}
