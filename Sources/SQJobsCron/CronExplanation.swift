import Foundation

extension CronExpression {
    /// What the expression means, in English: `"At 00:01, on Monday through Friday, in January"`.
    ///
    /// The words follow from the values, not from how they are written: `FRI` and `5` give the same.
    public var explanation: String {
        if needsSeed { return "At times that a seed will choose: \(description)" }
        let time = CronTimeExplanation(schedule: schedule)
        let day = CronDayExplanation(schedule: schedule)
        let zone = timeZone.map { "in the time zone \($0.identifier)" }
        let restrictions = [day.days, day.months, zone].compactMap { $0 }
        let clockTimes = time.clockTimes.map { day.days == nil ? "\($0) every day" : $0 }
        return ([clockTimes ?? time.pattern] + restrictions).joined(separator: ", ")
    }
}
