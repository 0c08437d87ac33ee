/// Reads one field: a comma list of items, each a star, a value, a range, an `H` or one of the days' special forms.
struct CronFieldParser {
    let source: CronSource
    let field: CronField
    let seed: String?

    /// The plain values that were read.
    private(set) var values = BitSet()
    /// Whether the field's text begins with `*`, or with the `?` that means it.
    private(set) var beginsWithStar = false
    /// What the seed made of every `H` in the text.
    private(set) var hashed: [(range: Range<Int>, text: String)] = []

    private let comma = UInt8(ascii: ",")
    private let slash = UInt8(ascii: "/")
    private let dash = UInt8(ascii: "-")
    private let number = UInt8(ascii: "#")

    init(source: CronSource, field: CronField, seed: String?) {
        self.source = source
        self.field = field
        self.seed = seed
    }

    mutating func parse(_ range: Range<Int>, into days: inout CronDays) throws(CronError) {
        beginsWithStar = isStar(range.lowerBound..<range.lowerBound + 1)
        var start = range.lowerBound
        while start <= range.upperBound {
            let end = source.firstIndex(of: comma, in: start..<range.upperBound) ?? range.upperBound
            guard start < end else {
                throw source.error(field, start..<end, "an item of the list is missing", expected: field.expectedItem)
            }
            try parseItem(start..<end, into: &days)
            start = end + 1
        }
    }

    private mutating func parseItem(_ item: Range<Int>, into days: inout CronDays) throws(CronError) {
        let slashIndex = source.firstIndex(of: slash, in: item)
        let base = item.lowerBound..<(slashIndex ?? item.upperBound)
        if try parseSpecialDay(base, into: &days) {
            if slashIndex != nil {
                let problem = "has a step, which L, W and # cannot take"
                throw source.error(field, item, problem, expected: "the same without the /")
            }
            return
        }
        let step: Int? = if let slashIndex { try parseStep(slashIndex + 1..<item.upperBound) } else { nil }
        if isStar(base) {
            insert(field.range.lowerBound, count: field.range.count, step: step ?? 1)
        } else if let first = base.first, source.upper(first) == UInt8(ascii: "H") {
            try parseHash(base, step: step, item: item)
        } else if let dashIndex = source.firstIndex(of: dash, in: base) {
            let (first, count) = try parseRange(base, dashIndex)
            insert(first, count: count, step: step ?? 1)
        } else {
            let value = try parseValue(base)
            insert(value, count: step == nil ? 1 : field.range.upperBound - value + 1, step: step ?? 1)
        }
    }

    private func isStar(_ range: Range<Int>) -> Bool {
        guard range.count == 1 else { return false }
        let byte = source.bytes[range.lowerBound]
        return byte == UInt8(ascii: "*") || (field.isDay && byte == UInt8(ascii: "?"))
    }

    /// The first value of a range, and how many follow one another from there; past the last comes the first again.
    private func parseRange(_ base: Range<Int>, _ dashIndex: Int) throws(CronError) -> (first: Int, count: Int) {
        let first = try parseValue(base.lowerBound..<dashIndex)
        let last = try parseValue(dashIndex + 1..<base.upperBound)
        return (first, last >= first ? last - first + 1 : last - first + field.cycle + 1)
    }

    private func parseStep(_ range: Range<Int>) throws(CronError) -> Int {
        guard let step = source.number(at: range) else {
            let problem = range.isEmpty ? "the step is missing" : "is no step"
            throw source.error(field, range, problem, expected: "a number of 1 or more after the /")
        }
        guard step > 0 else {
            throw source.error(
                field, range, "is a step that leads nowhere", expected: "a number of 1 or more after the /")
        }
        return step
    }

    private func parseValue(_ range: Range<Int>) throws(CronError) -> Int {
        if let value = source.number(at: range) {
            guard field.range.contains(value) else {
                throw source.error(field, range, "is out of range", expected: field.expectedValue)
            }
            return value
        }
        for (index, name) in field.names.enumerated() where source.reads(name, at: range) {
            return field.range.lowerBound + index
        }
        let problem = range.isEmpty ? "a value is missing" : "is not a value of this field"
        throw source.error(field, range, problem, expected: range.isEmpty ? field.expectedValue : field.expectedItem)
    }

    private mutating func insert(_ first: Int, count: Int, step: Int) {
        if step == 1, first + count <= field.range.lowerBound + field.cycle {
            values.formUnion(.range(first...first + count - 1))
            return
        }
        for offset in stride(from: 0, to: count, by: step) {
            values.insert(value(first, offset: offset))
        }
    }

    private func value(_ first: Int, offset: Int) -> Int {
        let minimum = field.range.lowerBound
        return minimum + (first - minimum + offset) % field.cycle
    }
}

// MARK: - H

extension CronFieldParser {
    /// `H`, `H(a-b)`, and either with a step: one value, or every n-th from one of the first n.
    private mutating func parseHash(_ base: Range<Int>, step: Int?, item: Range<Int>) throws(CronError) {
        var first = field.hashRange.lowerBound
        var count = field.hashRange.count
        if base.count > 1 {
            let inside = base.dropFirst(2).dropLast()
            guard source.bytes[base.lowerBound + 1] == UInt8(ascii: "("), base.count > 2,
                source.bytes[base.upperBound - 1] == UInt8(ascii: ")"),
                let dashIndex = source.firstIndex(of: dash, in: inside)
            else {
                throw source.error(field, base, "is not a way to write H", expected: "H, H/n, H(a-b) or H(a-b)/n")
            }
            (first, count) = try parseRange(inside, dashIndex)
        }
        guard let seed else {
            throw source.error(
                field, base, CronError.missingSeed,
                expected: "a seed given with the expression, or a value in place of H")
        }
        let choices = min(step ?? count, count)
        let chosen = CronHash.index(seed: seed, field: field, count: choices)
        let offsets = stride(from: chosen, to: step == nil ? chosen + 1 : count, by: step ?? 1)
        var texts: [String] = []
        for offset in offsets {
            values.insert(value(first, offset: offset))
            texts.append(String(value(first, offset: offset)))
        }
        hashed.append((item, texts.joined(separator: ",")))
    }
}

// MARK: - L, W and #

extension CronFieldParser {
    /// Reads a special form of the day fields; false if `base` is none.
    private func parseSpecialDay(_ base: Range<Int>, into days: inout CronDays) throws(CronError) -> Bool {
        switch field {
        case .dayOfMonth: try parseSpecialDayOfMonth(base, into: &days)
        case .dayOfWeek: try parseSpecialDayOfWeek(base, into: &days)
        default: false
        }
    }

    private func parseSpecialDayOfMonth(_ base: Range<Int>, into days: inout CronDays) throws(CronError) -> Bool {
        guard let first = base.first, let last = base.last else { return false }
        if source.reads("L", at: base) {
            days.daysBeforeLast.insert(0)
        } else if source.reads("LW", at: base) {
            days.includesLastWorkingDay = true
        } else if source.upper(first) == UInt8(ascii: "L"), source.bytes[first + 1] == dash {
            let digits = first + 2..<base.upperBound
            guard let before = source.number(at: digits), before <= 30 else {
                throw source.error(
                    field, base, "counts back to no day of a month", expected: "L-n with n from 0 to 30")
            }
            days.daysBeforeLast.insert(before)
        } else if source.upper(last) == UInt8(ascii: "W"), let day = source.number(at: base.dropLast()) {
            guard field.range.contains(day) else {
                throw source.error(field, base, "is near no day of a month", expected: "nW with n from 1 to 31")
            }
            days.nearestWorkingDays.insert(day)
        } else {
            return false
        }
        return true
    }

    private func parseSpecialDayOfWeek(_ base: Range<Int>, into days: inout CronDays) throws(CronError) -> Bool {
        if let numberIndex = source.firstIndex(of: number, in: base) {
            let weekday = try parseValue(base.lowerBound..<numberIndex) % 7
            let digits = numberIndex + 1..<base.upperBound
            guard let week = source.number(at: digits), (1...5).contains(week) else {
                let place = digits.isEmpty ? base : digits
                throw source.error(
                    field, place, "is no occurrence within a month", expected: "a number from 1 to 5 after the #")
            }
            days.nthDaysOfWeek.insert(7 * (week - 1) + weekday)
            return true
        }
        guard let last = base.last, source.upper(last) == UInt8(ascii: "L") else { return false }
        guard base.count > 1 else {
            throw source.error(
                field, base, "does not say which weekday", expected: "a weekday before the L, such as 5L or FRIL")
        }
        days.lastDaysOfWeek.insert(try parseValue(base.dropLast()) % 7)
        return true
    }
}
