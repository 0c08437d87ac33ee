package import Foundation

/// How dates travel in arguments: written as ISO 8601 in UTC, read in the forms that other languages' producers write.
package enum WireDate {
    private static let full = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let whole = Date.ISO8601FormatStyle()
    private static let space = Date.ISO8601FormatStyle(dateTimeSeparator: .space)
    private static let day = Date.ISO8601FormatStyle().year().month().day()

    /// The date as ISO 8601 in UTC, with milliseconds only where it has some: `2026-11-22T09:30:00Z`.
    package static func text(_ date: Date) -> String {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        return milliseconds.truncatingRemainder(dividingBy: 1000) == 0 ? whole.format(date) : full.format(date)
    }

    /// The date that a text gives: ISO 8601 with a zone, `YYYY-MM-DD HH:MM:SS` in UTC or `YYYY-MM-DD` at midnight UTC.
    package static func date(_ text: String) -> Date? {
        for style in [whole, full, day] {
            if text.contains(" ") || (style == day && text.contains("T")) { continue }
            if let date = try? style.parse(text) { return date }
        }
        return try? space.parse(text + "Z")
    }
}
