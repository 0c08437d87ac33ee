/// Deletes up to ten messages for good.
struct DeleteMessageBatch: SQSAction {
    static let name = "DeleteMessageBatch"

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

        enum CodingKeys: String, CodingKey {
            case id = "Id"
            case receiptHandle = "ReceiptHandle"
        }
    }

    func checked(_ output: BatchOutput<PlainBatchSuccess>) throws -> BatchOutput<PlainBatchSuccess> {
        output.complete(entries.map(\.id))
    }
}
