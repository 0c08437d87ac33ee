/// Makes a queue, or finds it if there is one of that name with the same attributes.
struct CreateQueue: SQSAction, Encodable {
    static let name = "CreateQueue"
    typealias Output = GetQueueURL.Output

    /// The queue's name.
    var queueName: String
    /// The attributes that are not to be SQS's defaults, such as `VisibilityTimeout`.
    var attributes: [String: String] = [:]

    enum CodingKeys: String, CodingKey {
        case queueName = "QueueName"
        case attributes = "Attributes"
    }
}
