import Foundation

@testable import SQJobsCron

/// The rules of cron taken literally and slowly: every minute (or second) of a stretch is looked at.
struct Reference {
    let expression: RandomExpression
    private let hours: [Bool]
    private let minutes: [Bool]
    private let seconds: [Bool]

    init(_ expression: RandomExpression) {
        self.expression = expression
        seconds = (0...59).map { expression.fields[0].matches($0) }
        minutes = (0...59).map { expression.fields[1].matches($0) }
        hours = (0...23).map { expression.fields[2].matches($0) }
    }

    /// Rule 6.7: the minute or hour field begins with a star, or of six fields the second one.
    var isWildcard: Bool {
        let words = expression.text.split { $0 == " " || $0 == "\t" }
        return words.count == 6
            ? words[0...2].contains { $0.hasPrefix("*") } : words[0...1].contains { $0.hasPrefix("*") }
    }

    /// Rules 6.4 and 6.6.
    func matches(_ date: ReferenceDate) -> Bool {
        let (dayOfMonth, month, dayOfWeek) = (expression.fields[3], expression.fields[4], expression.fields[5])
        guard month.matches(date.month) else { return false }
        if dayOfMonth.beginsWithStar || dayOfWeek.beginsWithStar {
            return dayOfMonth.matches(date) && dayOfWeek.matches(date)
        }
        return dayOfMonth.matches(date) || dayOfWeek.matches(date)
    }

    /// The instants of a window's core at which the expression fires, by rule 6.7.
    func firings(in window: ReferenceWindow) -> [Int] {
        let dates = window.dates.map(matches)
        let (firstDay, hours, minutes, seconds) = (window.firstDay, hours, minutes, seconds)
        func fires(at reading: Int) -> Bool {
            let day = reading / 86_400
            let time = reading - day * 86_400
            return dates[day - firstDay] && hours[time / 3_600] && minutes[time / 60 % 60] && seconds[time % 60]
        }
        var instants = Set<Int>()
        if isWildcard {
            // Every instant whose local reading matches.
            for index in window.readings.indices where fires(at: window.readings[index]) {
                instants.insert(window.instant(index))
            }
        } else {
            // Each matching wall-clock time is one instant.
            for index in window.firstShowing.indices where fires(at: window.earliestReading + index * window.step) {
                instants.insert(window.instant(window.firstShowing[index]))
            }
        }
        return instants.filter(window.core.contains).sorted()
    }
}
