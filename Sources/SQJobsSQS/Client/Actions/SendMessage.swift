/// Sends one message.
struct SendMessage: SQSAction {
    static let name = "SendMessage"
    static let sendsMessages = true

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// The message's body.
    var body: String
    /// For how many seconds the message stays hidden, 0 to 900; nil for what the queue says, and on a FIFO queue.
    var delaySeconds: Int?
    /// The message's attributes, ten at most; nil for none.
    var attributes: [String: MessageAttribute]?
    /// The group within which a FIFO queue keeps the order.
    var groupID: String?
    /// What a FIFO queue knows a repetition by, for five minutes.
    var deduplicationID: String?

    enum CodingKeys: String, CodingKey {
        case queueURL = "QueueUrl"
        case body = "MessageBody"
        case delaySeconds = "DelaySeconds"
        case attributes = "MessageAttributes"
        case groupID = "MessageGroupId"
        case deduplicationID = "MessageDeduplicationId"
    }

    struct Output: Decodable, Sendable {
        /// SQS's own id for the message.
        var messageID: String
        /// The message's place in a FIFO queue.
        var sequenceNumber: String?
        var bodyDigest: String
        var attributesDigest: String?

        enum CodingKeys: String, CodingKey {
            case messageID = "MessageId"
            case sequenceNumber = "SequenceNumber"
            case bodyDigest = "MD5OfMessageBody"
            case attributesDigest = "MD5OfMessageAttributes"
        }
    }

    func checked(_ output: Output) throws -> Output {
        guard MessageDigest.matches(output.bodyDigest, body: body),
            MessageDigest.matches(output.attributesDigest, attributes: attributes)
        else { throw SQSError.checksum(of: Self.name, sent: true) }
        return output
    }
}
