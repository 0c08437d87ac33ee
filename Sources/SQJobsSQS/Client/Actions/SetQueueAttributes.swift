/// Changes a queue's settings.
struct SetQueueAttributes: SQSAction, Encodable {
    static let name = "SetQueueAttributes"
    typealias Output = NoOutput

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// The attributes to change.
    var attributes: [String: String]

    enum CodingKeys: String, CodingKey {
        case queueURL = "QueueUrl"
        case attributes = "Attributes"
    }
}
