/// Deletes a message for good.
struct DeleteMessage: SQSAction, Encodable {
    static let name = "DeleteMessage"
    typealias Output = NoOutput

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// The newest receipt of the message. Of an older one SQS may answer with success and not delete.
    var receiptHandle: String

    enum CodingKeys: String, CodingKey {
        case queueURL = "QueueUrl"
        case receiptHandle = "ReceiptHandle"
    }
}
