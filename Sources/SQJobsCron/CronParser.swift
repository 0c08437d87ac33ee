import Foundation

/// Reads a whole expression: a time zone in front, then a macro, or five or six fields.
struct CronParser {
    /// What was read.
    struct Result {
        var schedule: CronSchedule
        var timeZone: TimeZone?
        /// The text without white space around it, every `H` replaced by the values that the seed chose.
        var resolvedText: String
    }

    private static let macros: [(name: StaticString, fields: String)] = [
        ("@YEARLY", "0 0 1 1 *"), ("@ANNUALLY", "0 0 1 1 *"), ("@MONTHLY", "0 0 1 * *"), ("@WEEKLY", "0 0 * * 0"),
        ("@DAILY", "0 0 * * *"), ("@MIDNIGHT", "0 0 * * *"), ("@HOURLY", "0 * * * *"),
    ]
    private static let expectedFields =
        "five fields (minute, hour, day-of-month, month, day-of-week), or six with seconds in front"
    private static let expectedMacro = "@yearly, @annually, @monthly, @weekly, @daily, @midnight or @hourly"

    private let source: CronSource
    private let seed: String?

    /// - Parameter seed: what `H` is spread by; nil makes `H` an error.
    static func parse(_ text: String, seed: String?) throws(CronError) -> Result {
        try CronParser(source: CronSource(text), seed: seed).parse()
    }

    private func parse() throws(CronError) -> Result {
        var words = source.words[...]
        let timeZone = try words.first.flatMap(parseTimeZone)
        if timeZone != nil { words.removeFirst() }
        if let first = words.first, source.bytes[first.lowerBound] == UInt8(ascii: "@") {
            let schedule = try parseMacro(first, followedBy: words.dropFirst().first)
            return Result(schedule: schedule, timeZone: timeZone, resolvedText: resolvedText([]))
        }
        try checkCount(words)
        var hashed: [(range: Range<Int>, text: String)] = []
        let schedule = try parseFields(words, &hashed)
        return Result(schedule: schedule, timeZone: timeZone, resolvedText: resolvedText(hashed))
    }

    // MARK: Time zone

    /// The zone that `CRON_TZ=` or `TZ=` names; nil if the word is neither.
    private func parseTimeZone(_ word: Range<Int>) throws(CronError) -> TimeZone? {
        guard let equals = source.firstIndex(of: UInt8(ascii: "="), in: word) else { return nil }
        let key = word.lowerBound..<equals
        guard source.reads("CRON_TZ", at: key) || source.reads("TZ", at: key) else {
            throw source.error(nil, word, "is not a setting of an expression", expected: "CRON_TZ=Zone or TZ=Zone")
        }
        let name = equals + 1..<word.upperBound
        // Foundation would cut a name at a NUL, and know what is left.
        guard name.count <= 64, source.bytes[name].allSatisfy({ (33...126).contains($0) }),
            let zone = TimeZone(identifier: source.text(name))
        else {
            let problem = name.isEmpty ? "the time zone is missing" : "is not a time zone that this machine knows"
            throw source.error(nil, name, problem, expected: "an IANA time zone such as Europe/Madrid")
        }
        return zone
    }

    // MARK: Macros

    private func parseMacro(_ word: Range<Int>, followedBy next: Range<Int>?) throws(CronError) -> CronSchedule {
        if source.reads("@REBOOT", at: word) {
            throw source.error(
                nil, word, "means \"when the machine starts\", which is no time that could be computed",
                expected: "fields or \(Self.expectedMacro); enqueue such a job where the app starts")
        }
        guard let macro = Self.macros.first(where: { source.reads($0.name, at: word) }) else {
            throw source.error(nil, word, "is not a macro", expected: Self.expectedMacro)
        }
        if let next {
            throw source.error(nil, next, "follows a macro", expected: "nothing after \(source.text(word))")
        }
        return try CronParser.parse(macro.fields, seed: nil).schedule
    }

    // MARK: Fields

    private func checkCount(_ words: ArraySlice<Range<Int>>) throws(CronError) {
        if words.count < 5 {
            let end = source.words.last?.upperBound ?? 0
            let problem = words.isEmpty ? "the fields are missing" : "only \(words.count) of the fields are here"
            throw source.error(nil, end..<end, problem, expected: Self.expectedFields)
        }
        if words.count > 6 {
            let surplus = words[words.startIndex + 6].lowerBound..<words[words.endIndex - 1].upperBound
            let problem = "is more than an expression has (years cannot be chosen)"
            throw source.error(nil, surplus, problem, expected: Self.expectedFields)
        }
    }

    private func parseFields(
        _ words: ArraySlice<Range<Int>>, _ hashed: inout [(range: Range<Int>, text: String)]
    ) throws(CronError) -> CronSchedule {
        var schedule = CronSchedule()
        var days = CronDays()
        var stars = BitSet()
        for (word, field) in zip(words, CronField.allCases.suffix(words.count)) {
            var parser = CronFieldParser(source: source, field: field, seed: seed)
            try parser.parse(word, into: &days)
            hashed += parser.hashed
            if parser.beginsWithStar { stars.insert(field.rawValue) }
            switch field {
            case .second: schedule.seconds = parser.values
            case .minute: schedule.minutes = parser.values
            case .hour: schedule.hours = parser.values
            case .dayOfMonth: days.daysOfMonth = parser.values
            case .month: schedule.months = parser.values
            case .dayOfWeek: days.daysOfWeek = parser.values
            }
        }
        if words.count == 5 { schedule.seconds.insert(0) }
        days.mustMatchBoth = [CronField.dayOfMonth, .dayOfWeek].contains { stars.contains($0.rawValue) }
        schedule.days = days
        schedule.isWildcard = [CronField.second, .minute, .hour].contains { stars.contains($0.rawValue) }
        guard schedule.hasDates else {
            throw source.error(
                .dayOfMonth, words[words.endIndex - 3], "never comes with this month and day-of-week",
                expected: "a date that some year has")
        }
        return schedule
    }

    // MARK: Text

    private func resolvedText(_ hashed: [(range: Range<Int>, text: String)]) -> String {
        guard let start = source.words.first?.lowerBound, let end = source.words.last?.upperBound else { return "" }
        if hashed.isEmpty && start == 0 && end == source.bytes.count { return source.input }
        var text = ""
        var position = start
        for (range, replacement) in hashed {
            text += source.text(position..<range.lowerBound) + replacement
            position = range.upperBound
        }
        return text + source.text(position..<end)
    }
}
