/// A message as SQS hands it out.
struct ReceivedMessage: Decodable, Sendable {
    /// SQS's own id for the message, the same at every delivery.
    var id: String
    /// What this delivery is deleted, extended and released with.
    var receiptHandle: String
    /// The body.
    var body: String
    /// The attributes that the sender set and that were asked for.
    var attributes: [String: MessageAttribute]?
    /// What SQS says of the message.
    var system: System?
    var bodyDigest: String?
    var attributesDigest: String?

    enum CodingKeys: String, CodingKey {
        case id = "MessageId"
        case receiptHandle = "ReceiptHandle"
        case body = "Body"
        case attributes = "MessageAttributes"
        case system = "Attributes"
        case bodyDigest = "MD5OfBody"
        case attributesDigest = "MD5OfMessageAttributes"
    }

    /// System attributes; SQS sends them all as strings.
    struct System: Decodable, Sendable {
        /// How often the message has been handed out, this time included.
        var receiveCount: String?
        /// When the message was sent, in milliseconds since 1970.
        var sentTimestamp: String?
        /// The message's group.
        var groupID: String?

        enum CodingKeys: String, CodingKey {
            case receiveCount = "ApproximateReceiveCount"
            case sentTimestamp = "SentTimestamp"
            case groupID = "MessageGroupId"
        }
    }

    /// Whether the body and the attributes are those that were sent, as far as SQS gave their checksums.
    var isIntact: Bool {
        MessageDigest.matches(bodyDigest, body: body)
            && MessageDigest.matches(attributesDigest, attributes: attributes)
    }
}
