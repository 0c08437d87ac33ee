/// Sends up to ten messages, 1 MiB together at most.
struct SendMessageBatch: SQSAction {
    static let name = "SendMessageBatch"
    static let sendsMessages = true

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// The messages.
    var entries: [Entry]

    enum CodingKeys: String, CodingKey {
        case queueURL = "QueueUrl"
        case entries = "Entries"
    }

    /// A message; the fields are those of ``SendMessage``.
    struct Entry: Encodable, Sendable {
        /// What the answer knows the entry by: 1 to 80 of `A-Z a-z 0-9 - _`, each once in a batch.
        var id: String
        var body: String
        var delaySeconds: Int?
        var attributes: [String: MessageAttribute]?
        var groupID: String?
        var deduplicationID: String?

        enum CodingKeys: String, CodingKey {
            case id = "Id"
            case body = "MessageBody"
            case delaySeconds = "DelaySeconds"
            case attributes = "MessageAttributes"
            case groupID = "MessageGroupId"
            case deduplicationID = "MessageDeduplicationId"
        }
    }

    /// An entry that was sent.
    struct Success: BatchSuccess {
        var id: String
        var messageID: String
        var sequenceNumber: String?
        var bodyDigest: String
        var attributesDigest: String?

        enum CodingKeys: String, CodingKey {
            case id = "Id"
            case messageID = "MessageId"
            case sequenceNumber = "SequenceNumber"
            case bodyDigest = "MD5OfMessageBody"
            case attributesDigest = "MD5OfMessageAttributes"
        }
    }

    func checked(_ output: BatchOutput<Success>) throws -> BatchOutput<Success> {
        var output = output.complete(entries.map(\.id))
        let byID = Dictionary(entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        output.fail(.checksumMismatch) { success in
            guard let entry = byID[success.id] else { return false }
            return !MessageDigest.matches(success.bodyDigest, body: entry.body)
                || !MessageDigest.matches(success.attributesDigest, attributes: entry.attributes)
        }
        return output
    }
}
