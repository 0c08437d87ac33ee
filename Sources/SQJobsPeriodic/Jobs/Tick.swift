public import SQJobsCore

public import struct Foundation.Date

/// What a periodic job is given: the firing that it stands for.
///
/// A firing travels as the Python library sqjobs sends it: with the keyword `sqjobs_programmed_date`, a time with its
/// offset, and `sqjobs_delayed_job`, which is true when it is late.
public struct Tick: Sendable, Hashable {
    /// The time that the schedule names.
    public var scheduledAt: Date
    /// Whether the firing was missed and is made up for.
    public var isLate: Bool
    /// The keywords that the schedule has of its own.
    public var arguments: [String: JSONValue]

    /// Makes a tick, as a test does that runs a periodic job by hand.
    ///
    /// - Parameters:
    ///   - scheduledAt: The time that the schedule names.
    ///   - isLate: Whether the firing was missed and is made up for.
    ///   - arguments: The keywords that the schedule has of its own.
    public init(scheduledAt: Date, isLate: Bool = false, arguments: [String: JSONValue] = [:]) {
        self.scheduledAt = scheduledAt
        self.isLate = isLate
        self.arguments = arguments
    }
}

extension Tick: Codable {
    private struct Key: CodingKey {
        static let scheduledAt = Key(FiringKeyword.programmedDate)
        static let isLate = Key(FiringKeyword.delayed)

        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) {
            stringValue = name
        }

        init?(stringValue: String) {
            self.init(stringValue)
        }

        init?(intValue: Int) { nil }
    }

    /// Reads the firing's keywords, and takes all others for the schedule's own.
    ///
    /// - Parameter decoder: Where to read from.
    /// - Throws: `DecodingError` when the time is missing: the job was not enqueued by a beater.
    public init(from decoder: any Decoder) throws {
        let keywords = try decoder.container(keyedBy: Key.self)
        scheduledAt = try keywords.decode(Date.self, forKey: .scheduledAt)
        isLate = try keywords.decodeIfPresent(Bool.self, forKey: .isLate) ?? false
        arguments = [:]
        for key in keywords.allKeys where !FiringKeyword.all.contains(key.stringValue) {
            arguments[key.stringValue] = try keywords.decode(JSONValue.self, forKey: key)
        }
    }

    /// Writes the keywords as a beater does, with the time in UTC.
    ///
    /// - Parameter encoder: Where to write to.
    /// - Throws: `EncodingError` for a number that JSON does not have.
    public func encode(to encoder: any Encoder) throws {
        var keywords = encoder.container(keyedBy: Key.self)
        for (name, value) in arguments where !FiringKeyword.all.contains(name) {
            try keywords.encode(value, forKey: Key(name))
        }
        try keywords.encode(scheduledAt, forKey: .scheduledAt)
        if isLate { try keywords.encode(true, forKey: .isLate) }
    }
}
