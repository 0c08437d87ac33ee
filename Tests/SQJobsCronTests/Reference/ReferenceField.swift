@testable import SQJobsCron

/// A field as a list of what was meant, with rules that only test one value at a time.
///
/// It shares nothing with the parser or the search: a random expression is made as items first, and as text from them.
struct ReferenceField {
    enum Item {
        case star(step: Int?)
        case value(Int, step: Int?)
        case range(Int, Int, step: Int?)
        case lastDay(before: Int)
        case lastWorkingDay
        case workingDay(nearest: Int)
        case lastWeekday(Int)
        case weekday(Int, number: Int)
    }

    var field: CronField
    var items: [Item]
    var text: String

    var beginsWithStar: Bool { text.hasPrefix("*") || text.hasPrefix("?") }

    private var minimum: Int { field == .dayOfMonth || field == .month ? 1 : 0 }
    private var maximum: Int {
        switch field {
        case .second, .minute: 59
        case .hour: 23
        case .dayOfMonth: 31
        case .month: 12
        case .dayOfWeek: 6
        }
    }

    /// Whether a time of day's or a month's value matches.
    func matches(_ value: Int) -> Bool {
        items.contains { plain($0, matches: value) }
    }

    /// Whether a date matches this day field.
    func matches(_ date: ReferenceDate) -> Bool {
        items.contains { item in
            switch item {
            case .lastDay(let before): return date.day == date.monthLength - before
            case .lastWorkingDay: return date.day == workingDays(of: date).max()
            case .workingDay(let nearest):
                guard nearest <= date.monthLength else { return false }
                return date.day == workingDays(of: date).min { abs($0 - nearest) < abs($1 - nearest) }
            case .lastWeekday(let weekday): return date.weekday == weekday && date.day + 7 > date.monthLength
            case .weekday(let weekday, let number): return date.weekday == weekday && (date.day - 1) / 7 + 1 == number
            default: return plain(item, matches: field == .dayOfWeek ? date.weekday : date.day)
            }
        }
    }

    private func workingDays(of date: ReferenceDate) -> [Int] {
        (1...date.monthLength).filter { (1...5).contains(date.weekday(ofDay: $0)) }
    }

    private func plain(_ item: Item, matches value: Int) -> Bool {
        switch item {
        case .star(let step): (value - minimum) % (step ?? 1) == 0
        case .value(let first, nil): value == first
        case .value(let first, let step?):
            // In the day of week the values go up to 7, which is Sunday once more.
            [value, value + 7].contains { other in
                (other == value || (field == .dayOfWeek && other == 7)) && other >= first && (other - first) % step == 0
            }
        case .range(let first, let last, let step):
            walk(from: first, to: last).enumerated().contains { $1 == value && $0 % (step ?? 1) == 0 }
        default: false
        }
    }

    private func walk(from first: Int, to last: Int) -> [Int] {
        var values = [first]
        while let value = values.last, value != last {
            values.append(value == maximum ? minimum : value + 1)
        }
        return values
    }
}
