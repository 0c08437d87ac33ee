import Foundation
import SQJobsCore

/// Standard output or standard error, and whether it shows colours.
struct ConsoleStream: Sendable {
    let isTerminal: Bool
    let write: @Sendable (String) -> Void
    private let hasColours: Bool

    /// Makes a stream. It has colours if it is a terminal that knows them and `NO_COLOR` is not set (no-color.org).
    init(isTerminal: Bool, _ environment: [String: String], write: @escaping @Sendable (String) -> Void) {
        self.isTerminal = isTerminal
        self.write = write
        hasColours = isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }

    /// Writes a line.
    func print(_ line: String) {
        write(line + "\n")
    }

    /// Writes a table, or a sentence in its place when it has no rows.
    func print(_ table: Table, orIfEmpty sentence: String) {
        guard !table.isEmpty else { return print(sentence) }
        for line in table.lines(style) { print(line) }
    }

    /// Writes what is known of one thing.
    func print(_ sheet: FactSheet) {
        for line in sheet.lines(style) { print(line) }
    }

    /// Writes a value as JSON for programs: keys in order, dates as ISO 8601.
    func print(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// The text in a style where the stream has any, and as it is elsewhere.
    func style(_ text: String, _ style: TextStyle) -> String {
        hasColours ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// How text stands out on a terminal: the parameter of ECMA-48's SGR sequence.
enum TextStyle: Int {
    case bold = 1
    case faint = 2
    case red = 31
    case green = 32
    case yellow = 33
}
