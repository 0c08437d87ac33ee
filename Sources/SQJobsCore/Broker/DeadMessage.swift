public import struct Foundation.Date

/// A message for which no attempt will follow.
public struct DeadMessage: Sendable {
    /// The broker's id for the message, by which it can be put back.
    public let messageID: String
    /// The message's body, as ``MessageCodec`` reads it.
    public let body: String
    /// What travelled beside the body.
    public let attributes: [String: String]
    /// When it was sent to where it lies now, by the broker's clock.
    public let sentAt: Date?
    /// Why it died, where the broker keeps that.
    public let reason: String?

    /// Makes a dead message: what a broker's adapter returns.
    ///
    /// - Parameters:
    ///   - messageID: The broker's id for the message.
    ///   - body: The message's body.
    ///   - attributes: What travelled beside the body.
    ///   - sentAt: When it was sent to where it lies now.
    ///   - reason: Why it died.
    public init(
        messageID: String, body: String, attributes: [String: String] = [:], sentAt: Date? = nil, reason: String? = nil
    ) {
        self.messageID = messageID
        self.body = body
        self.attributes = attributes
        self.sentAt = sentAt
        self.reason = reason
    }
}
