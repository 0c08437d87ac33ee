/// What failed a job, as it is kept: the error's type and message, for the error itself cannot outlive its process.
public struct StoredError: Error, Sendable, Hashable, Codable {
    /// The name of the error's type, with its module: `MyApp.PaymentRefused`.
    public let type: String
    /// The error in words.
    public let message: String
    /// Where it was thrown, if the recording was told how to find that out.
    public let stack: String?

    /// How many characters of a message or a stack are kept.
    static let longestText = 20_000

    /// Makes an error as it is kept.
    ///
    /// - Parameters:
    ///   - type: The name of the error's type.
    ///   - message: The error in words.
    ///   - stack: Where it was thrown.
    public init(type: String, message: String, stack: String? = nil) {
        self.type = type
        self.message = message
        self.stack = stack
    }

    /// Describes what a job threw; of long texts their first 20,000 characters.
    ///
    /// - Parameters:
    ///   - error: What the job threw.
    ///   - stack: Where it was thrown.
    public init(_ error: any Error, stack: String? = nil) {
        self.init(
            type: String(reflecting: Swift.type(of: error)), message: String("\(error)".prefix(Self.longestText)),
            stack: stack.map { String($0.prefix(Self.longestText)) })
    }
}

extension StoredError: CustomStringConvertible {
    /// Type and message.
    public var description: String { "\(type): \(message)" }
}
