/// The name of a queue, written as a string literal where one is expected: `"my_queue"`.
///
/// Which names are allowed is the broker's to say; Amazon SQS takes 1 to 80 of `A-Z a-z 0-9 - _`, and `.fifo` at the end
/// of a first-in-first-out queue's name.
public struct QueueName: RawRepresentable, Hashable, Sendable {
    /// The name.
    public let rawValue: String

    /// Makes a queue's name.
    ///
    /// - Parameter rawValue: The name, as the broker knows it.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Makes a queue's name.
    ///
    /// - Parameter name: The name, as the broker knows it.
    public init(_ name: String) {
        self.init(rawValue: name)
    }
}

extension QueueName: ExpressibleByStringLiteral {
    /// Makes a queue's name from a literal.
    ///
    /// - Parameter value: The name, as the broker knows it.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }
}

extension QueueName: CustomStringConvertible {
    /// The name.
    public var description: String { rawValue }
}
