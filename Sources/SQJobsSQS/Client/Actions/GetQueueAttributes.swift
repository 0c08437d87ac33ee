/// Reads a queue's settings and counts.
struct GetQueueAttributes: SQSAction, Encodable {
    static let name = "GetQueueAttributes"

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// The names of the attributes; `All` stands for all.
    var names: [String] = ["All"]

    enum CodingKeys: String, CodingKey {
        case queueURL = "QueueUrl"
        case names = "AttributeNames"
    }

    struct Output: Decodable, Sendable {
        /// The attributes; SQS sends them all as strings.
        private(set) var attributes: [String: String]

        enum CodingKeys: String, CodingKey {
            case attributes = "Attributes"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            attributes = try values.decodeIfPresent([String: String].self, forKey: .attributes) ?? [:]
        }
    }
}
