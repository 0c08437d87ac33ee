/// Looks a queue's URL up by its name.
struct GetQueueURL: SQSAction, Encodable {
    static let name = "GetQueueUrl"

    /// The queue's name.
    var queueName: String
    /// The account that owns the queue; nil for one's own.
    var ownerAccount: String?

    enum CodingKeys: String, CodingKey {
        case queueName = "QueueName"
        case ownerAccount = "QueueOwnerAWSAccountId"
    }

    struct Output: Decodable, Sendable {
        /// The URL, which names the queue in every other action. Its host need not be one that can be reached.
        var queueURL: String

        enum CodingKeys: String, CodingKey {
            case queueURL = "QueueUrl"
        }
    }
}
