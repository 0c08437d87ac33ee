import Foundation

/// What makes two expressions equal: that they fire at the same instants, however they are written.
///
/// The dates are those of every shape that a month can have, so that `L` equals `28-31,L`, and a `FRI#5,FRIL` equals
/// `FRIL`. Following the clock and naming times stay different even where their fields match: they part when clocks
/// change.
struct CronMeaning: Hashable {
    private let seconds: BitSet
    private let minutes: BitSet
    private let hours: BitSet
    private let isWildcard: Bool
    private let months: BitSet
    private let dates: [BitSet]
    private let zone: String?
    /// What a seed will make the times of; two are equal if every seed makes them so.
    private let unseeded: String?

    init(_ expression: CronExpression) {
        let schedule = expression.schedule
        seconds = schedule.seconds
        minutes = schedule.minutes
        hours = schedule.hours
        isWildcard = schedule.isWildcard
        zone = expression.timeZone?.identifier
        unseeded = expression.needsSeed ? expression.description : nil

        var months = BitSet()
        var dates = Array(repeating: BitSet(), count: 4 * 7)
        for month in schedule.months {
            for length in CronSchedule.lengths(ofMonth: month) {
                for weekday in 0..<7 {
                    let days = schedule.days.days(length: length, firstWeekday: weekday)
                    if !days.isEmpty { months.insert(month) }
                    dates[(length - 28) * 7 + weekday] = days
                }
            }
        }
        self.months = months
        self.dates = dates
    }
}

extension CronExpression: Hashable {
    /// Whether both fire at the same instants in every zone.
    public static func == (left: CronExpression, right: CronExpression) -> Bool {
        CronMeaning(left) == CronMeaning(right)
    }

    /// Hashes what the expression means.
    public func hash(into hasher: inout Hasher) {
        CronMeaning(self).hash(into: &hasher)
    }
}
