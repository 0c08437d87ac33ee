/// What a broker says of a message that it took.
public struct SentMessage: Sendable, Hashable {
    /// The broker's id for the message.
    public let messageID: String

    /// Makes the answer to a send.
    ///
    /// - Parameter messageID: The broker's id for the message.
    public init(messageID: String) {
        self.messageID = messageID
    }
}
