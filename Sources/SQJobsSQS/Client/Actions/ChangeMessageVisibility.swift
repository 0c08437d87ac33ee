/// Sets for how long from now a message that was received stays hidden.
struct ChangeMessageVisibility: SQSAction, Encodable {
    static let name = "ChangeMessageVisibility"
    typealias Output = NoOutput

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// The newest receipt of the message.
    var receiptHandle: String
    /// The time in seconds, 0 to 43,200 counted from the receive; 0 makes the message visible at once.
    var visibilitySeconds: Int

    enum CodingKeys: String, CodingKey {
        case queueURL = "QueueUrl"
        case receiptHandle = "ReceiptHandle"
        case visibilitySeconds = "VisibilityTimeout"
    }
}
