/// One month of the proleptic Gregorian calendar.
///
/// Days are counted from 1970-01-01, which is day 0. Years are astronomical: year 0 precedes year 1.
struct CivilMonth: Equatable {
    var year: Int
    /// 1 to 12.
    var month: Int

    /// The days in a span of 400 years, after which the calendar repeats itself to the weekday.
    private static let daysInCycle = 146_097
    /// The days from 0000-03-01, where a cycle that ends with its leap day begins, to 1970-01-01.
    private static let daysBeforeEpoch = 719_468

    var isLeapYear: Bool {
        year & 3 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// The number of days, 28 to 31.
    var length: Int {
        if month == 2 { return isLeapYear ? 29 : 28 }
        // Long and short months alternate, and change step once, between July and August.
        return 30 + ((month + (month >> 3)) & 1)
    }

    /// The day number of the month's first day.
    ///
    /// Years are counted from March here, so that the leap day is a year's last day and shifts nothing behind it.
    var firstDay: Int {
        let marchYear = month > 2 ? year : year - 1
        let monthsSinceMarch = (month + 9) % 12
        let cycle = marchYear.flooredQuotient(by: 400)
        let yearOfCycle = marchYear - cycle * 400
        // From March on, months have 31, 30, 31, 30, 31 days in turn: 153 for five.
        let dayOfYear = (153 * monthsSinceMarch + 2) / 5
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        return cycle * Self.daysInCycle + dayOfCycle - Self.daysBeforeEpoch
    }

    /// The month that holds `day`, and that day's number within it, 1 to 31.
    static func containing(day: Int) -> (month: CivilMonth, dayOfMonth: Int) {
        let shifted = day + daysBeforeEpoch
        let cycle = shifted.flooredQuotient(by: daysInCycle)
        let dayOfCycle = shifted - cycle * daysInCycle
        // Taking out the leap days that have passed leaves a count of years of 365 days.
        let leapDays = dayOfCycle / 1_460 - dayOfCycle / 36_524 + dayOfCycle / 146_096
        let yearOfCycle = (dayOfCycle - leapDays) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthsSinceMarch = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * monthsSinceMarch + 2) / 5 + 1
        let month = monthsSinceMarch < 10 ? monthsSinceMarch + 3 : monthsSinceMarch - 9
        let year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
        return (CivilMonth(year: year, month: month), dayOfMonth)
    }

    /// The weekday of a day number: 0 is Sunday. 1970-01-01 was a Thursday.
    static func weekday(ofDay day: Int) -> Int {
        day + 4 - (day + 4).flooredQuotient(by: 7) * 7
    }
}

extension Int {
    /// The quotient rounded towards negative infinity; `divisor` is positive.
    func flooredQuotient(by divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
    }
}
