/// A time as signatures have it: in UTC, to the second.
struct SigningTime: Sendable {
    /// Seconds since 1970.
    let second: Int
    /// `20150830T123600Z`.
    let stamp: String
    /// `20150830`.
    let day: String

    /// Makes it from seconds since 1970, by the proleptic Gregorian calendar.
    init(second: Int) {
        self.second = second
        let (days, rest) = second.quotientAndFloorRemainder(by: 86_400)
        // Days since 1 March of the year 0, in eras of 400 years: a leap day is then the last day of its year.
        let (era, dayOfEra) = (days + 719_468).quotientAndFloorRemainder(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let date = year.padded(to: 4) + month.padded(to: 2) + day.padded(to: 2)
        let hour = rest / 3_600
        let minute = rest / 60 % 60
        self.day = date
        stamp = "\(date)T\(hour.padded(to: 2))\(minute.padded(to: 2))\((rest % 60).padded(to: 2))Z"
    }
}

extension Int {
    /// Quotient and remainder of a division that rounds down.
    fileprivate func quotientAndFloorRemainder(by divisor: Int) -> (Int, Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// The number with zeros in front.
    fileprivate func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
