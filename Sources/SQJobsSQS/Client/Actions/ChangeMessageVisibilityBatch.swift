/// Sets for how long from now each of up to ten messages that were received stays hidden.
struct ChangeMessageVisibilityBatch: SQSAction {
    static let name = "ChangeMessageVisibilityBatch"

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// The messages.
    var entries: [Entry]

    enum CodingKeys: String, CodingKey {
        case queueURL = "QueueUrl"
        case entries = "Entries"
    }

    struct Entry: Encodable, Sendable {
        /// What the answer knows the entry by.
        var id: String
        /// The newest receipt of the message.
        var receiptHandle: String
        /// The time in seconds, 0 to 43,200 counted from the receive.
        var visibilitySeconds: Int

        enum CodingKeys: String, CodingKey {
            case id = "Id"
            case receiptHandle = "ReceiptHandle"
            case visibilitySeconds = "VisibilityTimeout"
        }
    }

    func checked(_ output: BatchOutput<PlainBatchSuccess>) throws -> BatchOutput<PlainBatchSuccess> {
        output.complete(entries.map(\.id))
    }
}
