/// Deletes all messages of a queue; allowed once in 60 seconds.
struct PurgeQueue: SQSAction, Encodable {
    static let name = "PurgeQueue"
    typealias Output = NoOutput

    /// The URL that SQS gave for the queue.
    var queueURL: String

    enum CodingKeys: String, CodingKey {
        case queueURL = "QueueUrl"
    }
}
