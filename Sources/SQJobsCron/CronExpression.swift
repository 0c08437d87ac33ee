public import Foundation

/// A cron expression: at which minutes (or seconds) of which days something happens.
///
/// ```swift
/// let cron: CronExpression = "1 0 * * *"
/// cron.next(after: date, in: madrid)     // the next 00:01 in Madrid
/// cron.explanation                       // "At 00:01 every day"
/// ```
/// Five fields, separated by white space: minute 0-59, hour 0-23, day of month 1-31, month 1-12 or `JAN`-`DEC`, day of
/// week 0-7 or `SUN`-`SAT`, where 0 and 7 are Sunday. Six fields have seconds in front. Names are read in any case.
///
/// | in a field | means |
/// |---|---|
/// | `*` | every value; `?` is the same in the day fields |
/// | `5`, `1-5`, `22-4`, `FRI-MON` | a value, a range; a range may wrap |
/// | `*/15`, `9-17/2`, `5/15` | every n-th value, of all, of a range, from 5 on |
/// | `1,15,L` | any of these |
/// | `L`, `L-3`, `LW`, `15W` | last day of the month, three days before it, last working day, working day nearest to the 15th |
/// | `5L`, `FRIL`, `5#2`, `FRI#2` | last Friday, second Friday |
/// | `H`, `H/15`, `H(0-29)` | a value chosen by the seed: `CronExpression("H 3 * * *", seed: name)`, or ``seeded(by:)`` |
///
/// `@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight` and `@hourly` stand for five fields.
/// `CRON_TZ=Europe/Madrid` in front sets the time zone.
///
/// If the day-of-month or the day-of-week field begins with `*`, a day must match both; else either suffices, as in
/// crontab(5).
///
/// **When clocks change**, an expression whose minute or hour field (of six fields, or whose second field) begins with
/// `*` follows the clock: it skips what a gap skips and fires twice at what the clock shows twice. Any other names
/// times of day, and each fires once: one that a gap skips at the end of the gap, one that comes twice the first time.
/// Two that fall on the same instant fire once.
///
/// Two expressions are equal if they mean the same: `0 0 * * SUN` is `@weekly`.
public struct CronExpression: Sendable {
    private let text: String
    let schedule: CronSchedule

    /// The zone of `CRON_TZ=` or `TZ=`, which wins over the one that a search is asked for; nil without either.
    public let timeZone: TimeZone?

    /// The expression's text with every `H` replaced by the values that the seed chose, so that it can be stored and
    /// read again without the seed: `"17 3 * * *"` for `"H 3 * * *"`. Without `H`, or while the seed is still to come, it
    /// is `description`.
    public let resolvedText: String

    /// Whether this is a literal with an `H` for which no seed has been given yet: it has no times until ``seeded(by:)``.
    public let needsSeed: Bool

    /// Parses an expression.
    ///
    /// A literal between the parentheses is taken as a literal by Swift (SE-0213), and stops the program if it is wrong,
    /// see `init(stringLiteral:)`. This initializer reads every other text, and any text with a seed.
    /// - Parameters:
    ///   - text: five or six fields or a macro, with an optional time zone in front.
    ///   - seed: what `H` is spread by, such as the job's name. The same seed chooses the same values in every process
    ///     and release. Without one `H` is an error.
    /// - Throws: `CronError`, which names the field, the offending text, its place, and what was expected.
    public init(_ text: String, seed: String? = nil) throws(CronError) {
        let result = try CronParser.parse(text, seed: seed)
        self.text = text
        schedule = result.schedule
        timeZone = result.timeZone
        resolvedText = result.resolvedText
        needsSeed = false
    }

    /// The expression of a literal that waits for its seed: it was read with one of no meaning, to find what is wrong with
    /// it, and has no times.
    private init(unseeded text: String) throws(CronError) {
        let result = try CronParser.parse(text, seed: text)
        self.text = text
        schedule = CronSchedule()
        timeZone = result.timeZone
        resolvedText = text.trimmingCharacters(in: .whitespacesAndNewlines)
        needsSeed = true
    }

    /// The expression with every `H` spread by a seed, if it still needs one: what becomes of a periodic job's schedule
    /// with the job's name. Any other expression is returned as it is.
    /// - Parameter seed: what `H` is spread by. The same seed chooses the same values in every process and release.
    /// - Throws: `CronError` if the values that the seed chose make dates that never come, as `H(30-31)` may in February.
    public func seeded(by seed: String) throws(CronError) -> CronExpression {
        needsSeed ? try CronExpression(text, seed: seed) : self
    }
}

extension CronExpression: ExpressibleByStringLiteral {
    /// An expression that the program's author wrote: `let cron: CronExpression = "1 0 * * *"`.
    ///
    /// A wrong one stops the program with the parser's message, since no input can make it right. Use `init(_:seed:)`
    /// for texts that come from elsewhere. One with `H` needs a seed, which ``seeded(by:)`` gives later; asking it for times
    /// before stops the program too.
    public init(stringLiteral text: String) {
        do {
            self = try Self.literal(text)
        } catch {
            // A literal is part of the program, and the protocol offers no way to throw: the same as a wrong index.
            preconditionFailure(error.description)
        }
    }

    private static func literal(_ text: String) throws(CronError) -> CronExpression {
        do {
            return try CronExpression(text, seed: nil)
        } catch  where error.isMissingSeed {
            return try CronExpression(unseeded: text)
        }
    }
}

extension CronExpression: CustomStringConvertible {
    /// The text as it was written, without white space around it.
    public var description: String {
        text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension CronExpression: Codable {
    /// Reads the text of an expression.
    /// - Throws: `DecodingError.dataCorrupted` with the parser's message if the text is wrong.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(container.decode(String.self), seed: nil)
        } catch let error as CronError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the expression as its `resolvedText`, which reads back equal.
    /// - Throws: `EncodingError.invalidValue` while the expression needs a seed.
    public func encode(to encoder: any Encoder) throws {
        if needsSeed {
            throw EncodingError.invalidValue(
                self,
                EncodingError.Context(
                    codingPath: encoder.codingPath,
                    debugDescription: "The cron expression “\(description)” needs a seed: call seeded(by:) first."))
        }
        var container = encoder.singleValueContainer()
        try container.encode(resolvedText)
    }
}
