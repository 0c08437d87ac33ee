public import Foundation

/// Why a text is not a cron expression: the field, the text at fault, its place, and what was expected there.
///
/// `description` is for people, with a caret under the place:
/// ```
/// cron expression, hour field: "24" is out of range; expected a number from 0 to 23
///     0 24 * * *
///       ^^
/// ```
public struct CronError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The whole text that was parsed.
    public let input: String

    /// The field at fault; nil if the fault is not in one: a wrong number of fields, a macro or the time zone.
    public let field: CronField?

    /// The place of the offending text in `input`; empty where something is missing.
    public let range: Range<String.Index>

    /// What is wrong with the text: `"is out of range"`.
    public let problem: String

    /// The problem of an `H` without a seed.
    static let missingSeed = "needs a seed to be spread by"

    /// Whether nothing is wrong that a seed would not make right.
    var isMissingSeed: Bool { problem == Self.missingSeed }

    /// What would have been right: `"a number from 0 to 23"`.
    public let expected: String

    /// The offending text: `"24"`; empty where something is missing.
    public var text: String { String(input[range]) }

    /// The fault in one sentence, then the input with a caret under the place.
    public var description: String {
        let shown = excerpt
        return """
            \(sentence)
                \(shown.line)
                \(String(repeating: " ", count: shown.column))\(String(repeating: "^", count: shown.width))
            """
    }

    private var sentence: String {
        let place = field.map { "cron expression, \($0) field" } ?? "cron expression"
        let offence = range.isEmpty ? problem : "\"\(Self.printable(input[range].prefix(60)))\" \(problem)"
        return "\(place): \(offence); expected \(expected)"
    }

    /// The line to print, and where in it the carets go. Of a very long input only the neighbourhood is shown.
    private var excerpt: (line: String, column: Int, width: Int) {
        let before = input[..<range.lowerBound].suffix(60)
        let inside = input[range].prefix(60)
        let after = input[range.upperBound...].prefix(60)
        return (
            Self.printable(before) + Self.printable(inside) + Self.printable(after),
            before.count,
            max(1, inside.count)
        )
    }

    /// One character for each character, so that the caret stays under its place: control characters become blanks.
    private static func printable(_ text: Substring) -> String {
        String(text.map { $0.isWhitespace || $0.unicodeScalars.contains(where: isControl) ? " " : $0 })
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }
}

extension CronError: LocalizedError {
    /// The same as `description`.
    public var errorDescription: String? { description }
}
