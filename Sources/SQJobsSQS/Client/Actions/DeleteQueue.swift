/// Deletes a queue with all of its messages.
struct DeleteQueue: SQSAction, Encodable {
    static let name = "DeleteQueue"
    typealias Output = NoOutput

    /// The URL that SQS gave for the queue.
    var queueURL: String

    enum CodingKeys: String, CodingKey {
        case queueURL = "QueueUrl"
    }
}
