/// The words for the days and months: `"on Monday through Friday"`, `"in January"`.
struct CronDayExplanation {
    let schedule: CronSchedule

    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weeks = ["first", "second", "third", "fourth", "fifth"]

    /// On which days; nil on every day.
    var days: String? {
        let days = schedule.days
        if days.isEveryDay { return nil }
        if days.isEveryDayOfMonth { return "on \(CronPhrase.joined(weekdays))" }
        if days.isEveryDayOfWeek { return "on \(CronPhrase.joined(dates))" }
        return days.mustMatchBoth
            ? "on \(CronPhrase.joined(dates)) if it is \(CronPhrase.joined(weekdays, by: "or"))"
            : "on \(CronPhrase.joined(dates)) or on \(CronPhrase.joined(weekdays))"
    }

    /// In which months; nil in every month.
    var months: String? {
        guard CronPhrase.shape(of: schedule.months, in: .month) != .all else { return nil }
        let names = CronPhrase.items(schedule.months, in: .month) { Self.months[$0 - 1] }
        return "in \(CronPhrase.joined(names))"
    }

    private var dates: [String] {
        let days = schedule.days
        var phrases: [String] = []
        if !days.daysOfMonth.isEmpty { phrases.append(plainDates(days.daysOfMonth)) }
        phrases += days.nearestWorkingDays.map { "the working day nearest to day \($0) of the month" }
        phrases += days.daysBeforeLast.reversed().map { before in
            switch before {
            case 0: "the last day of the month"
            case 1: "the day before the last day of the month"
            default: "the \(CronPhrase.ordinal(before)) day before the last day of the month"
            }
        }
        if days.includesLastWorkingDay { phrases.append("the last working day of the month") }
        return phrases
    }

    private func plainDates(_ values: BitSet) -> String {
        switch CronPhrase.shape(of: values, in: .dayOfMonth) {
        case .all, .every: "every day of the month"
        case .steps(let step, let first, let last):
            "every \(CronPhrase.ordinal(step)) day from day \(first) through \(last) of the month"
        case .list:
            "day\(values.count == 1 ? "" : "s") "
                + "\(CronPhrase.joined(CronPhrase.items(values, in: .dayOfMonth))) of the month"
        }
    }

    private var weekdays: [String] {
        let days = schedule.days
        let plain = CronPhrase.items(days.daysOfWeek, in: .dayOfWeek) { Self.weekdays[$0] }
        let counted = days.nthDaysOfWeek.map {
            "the \(Self.weeks[$0 / 7]) \(Self.weekdays[$0 % 7]) of the month"
        }
        let last = days.lastDaysOfWeek.map { "the last \(Self.weekdays[$0]) of the month" }
        return plain + counted + last
    }
}
