package import Foundation

/// How dates travel in arguments: written as ISO 8601 in UTC, read in the forms that other languages' producers write.
package enum WireDate {
    private static let full = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let whole = Date.ISO8601FormatStyle()

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    /// The date as ISO 8601 in UTC, with milliseconds only where it has some: `2026-11-22T09:30:00Z`.
    package static func text(_ date: Date) -> String {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        // The style cuts off what it does not print, so that without the quarter 0.123 may come out as 0.122.
        let rounded = Date(timeIntervalSince1970: (milliseconds + 0.25) / 1000)
        return milliseconds.truncatingRemainder(dividingBy: 1000) == 0 ? whole.format(rounded) : full.format(rounded)
    }

    /// The date that a text gives: ISO 8601, `YYYY-MM-DD HH:MM:SS` or `YYYY-MM-DD`; in UTC unless an offset is given.
    ///
    /// Foundation's own style would take `2026-02-30` for the second of March and ignore what follows a date.
    package static func date(_ text: String) -> Date? {
        var reader = Reader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), let midnight = midnight(year, month, day)
        else { return nil }
        if reader.isAtEnd { return midnight }
        guard reader.take("T") || reader.take(" "), let time = reader.time(), let fraction = reader.fraction(),
            let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        return midnight.addingTimeInterval(Double(time - offset) + fraction)
    }

    private static func midnight(_ year: Int, _ month: Int, _ day: Int) -> Date? {
        let components = DateComponents(calendar: calendar, timeZone: .gmt, year: year, month: month, day: day)
        return components.isValidDate ? components.date : nil
    }
}

extension WireDate {
    private struct Reader {
        private var rest: Substring.UTF8View

        init(_ text: String) {
            rest = text[...].utf8
        }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func number(_ digits: Int) -> Int? {
            let text = rest.prefix(digits)
            guard text.count == digits, text.allSatisfy(Self.isDigit) else { return nil }
            rest.removeFirst(digits)
            return Int(Substring(text))
        }

        /// `HH:MM:SS` in seconds.
        mutating func time() -> Int? {
            guard let hour = number(2), take(":"), let minute = number(2), take(":"), let second = number(2),
                hour < 24, minute < 60, second < 60
            else { return nil }
            return hour * 3600 + minute * 60 + second
        }

        /// `.` and digits, or nothing.
        mutating func fraction() -> Double? {
            guard take(".") else { return 0 }
            let digits = rest.prefix(while: Self.isDigit)
            rest.removeFirst(digits.count)
            return digits.isEmpty ? nil : Double("0.\(Substring(digits))")
        }

        /// `Z`, `+HH:MM`, `+HHMM`, `+HH` or nothing, in seconds.
        mutating func offset() -> Int? {
            if isAtEnd || take("Z") { return 0 }
            let isWest = rest.first == UInt8(ascii: "-")
            guard take("-") || take("+"), let hours = number(2), hours < 24 else { return nil }
            if isAtEnd { return (isWest ? -1 : 1) * hours * 3600 }
            _ = take(":")
            guard let minutes = number(2), minutes < 60 else { return nil }
            return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
        }

        private static func isDigit(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
