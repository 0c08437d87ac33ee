public import struct Foundation.Date

/// A message that was received: held under a lease until it is deleted, released or buried, or the lease runs out.
public struct Delivery: Sendable {
    /// The broker's id for the message; the same at every redelivery.
    public let messageID: String
    /// What proves to the broker that this delivery is held; a new one at every receive.
    public let receipt: String
    /// The queue that the message came from.
    public let queue: QueueName
    /// The message's body, as ``MessageCodec`` reads it.
    public let body: String
    /// What travelled beside the body, such as the trace context.
    public let attributes: [String: String]
    /// How often the message was received, this time included.
    public let receiveCount: Int
    /// When the message was sent, by the broker's clock; `nil` where the broker does not say.
    public let sentAt: Date?
    /// The message's ordered group, if it has one: messages of a group are delivered in order, one at a time.
    public let group: String?

    /// Makes a delivery: what a broker's adapter returns from a receive.
    ///
    /// - Parameters:
    ///   - messageID: The broker's id for the message; the same at every redelivery.
    ///   - receipt: What proves to the broker that this delivery is held.
    ///   - queue: The queue that the message came from.
    ///   - body: The message's body.
    ///   - attributes: What travelled beside the body.
    ///   - receiveCount: How often the message was received, this time included; at least 1.
    ///   - sentAt: When the message was sent, by the broker's clock.
    ///   - group: The message's ordered group, if it has one.
    public init(
        messageID: String, receipt: String, queue: QueueName, body: String, attributes: [String: String] = [:],
        receiveCount: Int, sentAt: Date? = nil, group: String? = nil
    ) {
        self.messageID = messageID
        self.receipt = receipt
        self.queue = queue
        self.body = body
        self.attributes = attributes
        self.receiveCount = receiveCount
        self.sentAt = sentAt
        self.group = group
    }
}
