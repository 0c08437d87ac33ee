import TestSurroundings

@testable import SQJobsCron

/// A random expression, as text and as what was meant.
struct RandomExpression {
    /// Second, minute, hour, day of month, month, day of week.
    var fields: [ReferenceField]
    var text: String

    /// How likely a field leaves its values unrestricted, in percent.
    struct Weights {
        var hour = 35
        var dayOfMonth = 60
        var month = 75
        var dayOfWeek = 60
    }

    /// - Parameters:
    ///   - withSeconds: six fields rather than five.
    ///   - time: a fixed text and value for minute and hour, for tests of dates alone.
    static func make(
        withSeconds: Bool, weights: Weights = Weights(), noon: Bool = false,
        using generator: inout SeededGenerator
    ) -> RandomExpression {
        var fields: [ReferenceField] = []
        for field in CronField.allCases {
            let star: Int
            switch field {
            case .second where !withSeconds:
                fields.append(ReferenceField(field: field, items: [.value(0, step: nil)], text: "0"))
                continue
            case .second, .minute: star = 30
            case .hour: star = weights.hour
            case .dayOfMonth: star = weights.dayOfMonth
            case .month: star = weights.month
            case .dayOfWeek: star = weights.dayOfWeek
            }
            if noon, field == .minute || field == .hour {
                fields.append(ReferenceField(field: field, items: [.value(12, step: nil)], text: "12"))
            } else {
                fields.append(Self.field(field, starPercent: star, using: &generator))
            }
        }
        let words = fields.dropFirst(withSeconds ? 0 : 1).map(\.text)
        return RandomExpression(fields: fields, text: words.joined(separator: generator.chance(90) ? " " : " \t "))
    }

    /// Five or six fields of any kind that have at least one date.
    static func any(using generator: inout SeededGenerator) -> RandomExpression {
        while true {
            let expression = make(withSeconds: generator.chance(30), using: &generator)
            if (try? CronExpression(expression.text, seed: nil)) != nil { return expression }
        }
    }

    private static func field(
        _ field: CronField, starPercent: Int, using generator: inout SeededGenerator
    ) -> ReferenceField {
        if generator.chance(starPercent) {
            let star = field.isDay && generator.chance(20) ? "?" : "*"
            let (item, text) = generator.chance(70) ? (.star(step: nil), star) : steppedStar(star, field, &generator)
            return ReferenceField(field: field, items: [item], text: text)
        }
        let parts = (0..<(generator.chance(65) ? 1 : Int.random(in: 2...4, using: &generator))).map { _ in
            item(field, &generator)
        }
        return ReferenceField(field: field, items: parts.map(\.0), text: parts.map(\.1).joined(separator: ","))
    }

    private static func steppedStar(
        _ star: String, _ field: CronField, _ generator: inout SeededGenerator
    ) -> (ReferenceField.Item, String) {
        let step = Int.random(in: 1...(field == .dayOfWeek ? 6 : field.cycle + 5), using: &generator)
        return (.star(step: step), "\(star)/\(step)")
    }

    private static func item(
        _ field: CronField, _ generator: inout SeededGenerator
    ) -> (ReferenceField.Item, String) {
        if field.isDay, generator.chance(35) { return dayItem(field, &generator) }
        let first = value(field, &generator)
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<5: return (.value(first, step: nil), written(first, field, &generator))
        case 5:
            let step = Int.random(in: 1...field.cycle, using: &generator)
            return (.value(first, step: step), "\(written(first, field, &generator))/\(step)")
        default:
            let last = value(field, &generator)
            let step = generator.chance(40) ? Int.random(in: 1...9, using: &generator) : nil
            // 7 is a way to write Sunday, but from or to 7 and 0 means something else in ranges: `0-7` is a week.
            let text =
                "\(written(first, field, &generator, sevens: false))-\(written(last, field, &generator, sevens: false))"
            return (.range(first, last, step: step), step.map { "\(text)/\($0)" } ?? text)
        }
    }

    private static func dayItem(
        _ field: CronField, _ generator: inout SeededGenerator
    ) -> (ReferenceField.Item, String) {
        let first = value(field, &generator)
        if field == .dayOfWeek {
            let weekday = written(first, field, &generator)
            guard generator.chance(50) else {
                return (.lastWeekday(first), weekday + (generator.chance(80) ? "L" : "l"))
            }
            let number = Int.random(in: 1...5, using: &generator)
            return (.weekday(first, number: number), "\(weekday)#\(number)")
        }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return (.lastDay(before: 0), "L")
        case 1:
            let before = Int.random(in: 1...30, using: &generator)
            return (.lastDay(before: before), "L-\(before)")
        case 2: return (.lastWorkingDay, "LW")
        default: return (.workingDay(nearest: first), "\(first)W")
        }
    }

    private static func value(_ field: CronField, _ generator: inout SeededGenerator) -> Int {
        switch field {
        case .second, .minute: return Int.random(in: 0...59, using: &generator)
        // Clocks mostly change between midnight and four.
        case .hour: return Int.random(in: 0...(generator.chance(60) ? 4 : 23), using: &generator)
        case .dayOfMonth: return Int.random(in: 1...31, using: &generator)
        case .month: return Int.random(in: 1...12, using: &generator)
        case .dayOfWeek: return Int.random(in: 0...6, using: &generator)
        }
    }

    private static func written(
        _ value: Int, _ field: CronField, _ generator: inout SeededGenerator, sevens: Bool = true
    ) -> String {
        let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        let weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
        if field == .month || field == .dayOfWeek, generator.chance(40) {
            let name = field == .month ? months[value - 1] : weekdays[value]
            return generator.chance(50) ? name : name.lowercased()
        }
        return generator.chance(10) ? "0\(value)" : "\(value)"
    }
}
