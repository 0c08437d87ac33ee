/// One numbered step from a schema to the next.
public struct StoreMigration: Sendable, Hashable {
    /// The version that the schema has afterwards, from 1.
    public let number: Int
    /// What the step does, in a few words for people.
    public let summary: String

    /// Describes a migration.
    ///
    /// - Parameters:
    ///   - number: The version that the schema has afterwards, from 1.
    ///   - summary: What the step does, in a few words.
    public init(number: Int, summary: String) {
        self.number = number
        self.summary = summary
    }
}

extension StoreMigration: CustomStringConvertible {
    /// Number and summary, as the command `migrate` prints them.
    public var description: String { "\(number): \(summary)" }
}
