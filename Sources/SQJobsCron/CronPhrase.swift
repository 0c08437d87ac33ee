/// The words for a set of values, shared by the parts of an explanation.
enum CronPhrase {
    /// How a field's values are best put into words.
    enum Shape: Equatable {
        case all
        /// From the minimum on, at even distances that also hold from the last value to the next first one.
        case every(Int)
        /// At even distances of two or more, from one value to another.
        case steps(Int, from: Int, through: Int)
        case list
    }

    static func shape(of values: BitSet, in field: CronField) -> Shape {
        let members = Array(values)
        guard let first = members.first, let last = members.last, members.count > 1 else { return .list }
        if members.count == field.cycle { return .all }
        let step = members[1] - first
        guard step > 1, members == Array(stride(from: first, through: last, by: step)) else { return .list }
        if first == field.range.lowerBound, members.count * step == field.cycle { return .every(step) }
        return members.count > 3 ? .steps(step, from: first, through: last) : .list
    }

    /// The values one by one, runs of three or more as `a through b`; a run goes on from the field's last value to its
    /// first.
    static func items(_ values: BitSet, in field: CronField, name: (Int) -> String = { String($0) }) -> [String] {
        var runs: [[Int]] = []
        for value in values {
            if let last = runs.last?.last, last == value - 1 {
                runs[runs.count - 1].append(value)
            } else {
                runs.append([value])
            }
        }
        let minimum = field.range.lowerBound
        if runs.count > 1, runs[0].first == minimum, runs[runs.count - 1].last == minimum + field.cycle - 1 {
            runs.append(runs.removeLast() + runs.removeFirst())
        }
        return runs.flatMap { run in
            guard run.count > 2 else { return run.map(name) }
            return ["\(name(run[0])) through \(name(run[run.count - 1]))"]
        }
    }

    /// `"a"`, `"a and b"`, `"a, b and c"`.
    static func joined(_ items: [String], by word: String = "and") -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) \(word) \(last)"
    }

    /// `"1st"`, `"2nd"`, `"11th"`.
    static func ordinal(_ number: Int) -> String {
        let isTeen = (11...13).contains(number % 100)
        switch number % 10 {
        case 1 where !isTeen: return "\(number)st"
        case 2 where !isTeen: return "\(number)nd"
        case 3 where !isTeen: return "\(number)rd"
        default: return "\(number)th"
        }
    }
}
