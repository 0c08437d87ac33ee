/// The words for the time of day: `"At 00:01"`, `"Every 15 minutes of hours 9 through 17"`.
struct CronTimeExplanation {
    let schedule: CronSchedule

    /// More times of day than this are not listed one by one.
    private static let listedTimes = 6

    /// The times of day, if they are few enough to be listed: `"At 09:00 and 17:30"`.
    var clockTimes: String? {
        guard schedule.hours.count * schedule.minutes.count <= Self.listedTimes, schedule.seconds.count == 1,
            let second = schedule.seconds.first
        else { return nil }
        let times = schedule.hours.flatMap { hour in
            schedule.minutes.map { minute in
                ([hour, minute] + (second == 0 ? [] : [second])).map(Self.twoDigits).joined(separator: ":")
            }
        }
        return "At \(CronPhrase.joined(times))"
    }

    /// The times of day by the fields: `"At second 30 of every 5th minute of hour 9"`.
    var pattern: String {
        let units: [(values: BitSet, field: CronField)] = [
            (schedule.seconds, .second), (schedule.minutes, .minute), (schedule.hours, .hour),
        ]
        // Seconds are only worth a word if they are not those of a five-field expression.
        let spoken = schedule.seconds == .range(0...0) ? units.dropFirst() : units[...]
        guard let finest = spoken.first else { return "" }
        let start = head(finest.values, finest.field)
        var coarser = Array(spoken.dropFirst())
        if start.hasPrefix("Every") {
            // "Every second" already says "of every minute".
            coarser = Array(coarser.drop(while: isAll))
        } else if coarser.count == 2, coarser.allSatisfy(isAll) {
            // "At second 30 of every minute" needs no "of every hour".
            coarser.removeLast()
        }
        return ([start] + coarser.map { tail($0.values, $0.field) }).joined(separator: " of ")
    }

    private func isAll(_ unit: (values: BitSet, field: CronField)) -> Bool {
        CronPhrase.shape(of: unit.values, in: unit.field) == .all
    }

    private func head(_ values: BitSet, _ field: CronField) -> String {
        switch CronPhrase.shape(of: values, in: field) {
        case .all: "Every \(field)"
        case .every(let step): "Every \(step) \(field)s"
        case .steps(let step, let first, let last):
            "Every \(CronPhrase.ordinal(step)) \(field) from \(first) through \(last)"
        case .list: "At \(list(values, field))"
        }
    }

    private func tail(_ values: BitSet, _ field: CronField) -> String {
        switch CronPhrase.shape(of: values, in: field) {
        case .all: "every \(field)"
        case .every(let step): "every \(CronPhrase.ordinal(step)) \(field)"
        case .steps(let step, let first, let last):
            "every \(CronPhrase.ordinal(step)) \(field) from \(first) through \(last)"
        case .list: list(values, field)
        }
    }

    private func list(_ values: BitSet, _ field: CronField) -> String {
        "\(field)\(values.count == 1 ? "" : "s") \(CronPhrase.joined(CronPhrase.items(values, in: field)))"
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
