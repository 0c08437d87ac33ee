/// Lists the queues of the account in the region, page by page.
struct ListQueues: SQSAction, Encodable {
    static let name = "ListQueues"

    /// What the names begin with; nil for all.
    var prefix: String?
    /// How many at most, 1 to 1,000. Without it SQS gives the first 1,000, and no token for more.
    var maximum = 1_000
    /// What the page before ended with; nil for the first page.
    var token: String?

    enum CodingKeys: String, CodingKey {
        case prefix = "QueueNamePrefix"
        case maximum = "MaxResults"
        case token = "NextToken"
    }

    struct Output: Decodable, Sendable {
        /// The queues' URLs.
        private(set) var queueURLs: [String]
        /// What the next page is asked for with; nil on the last page.
        private(set) var token: String?

        enum CodingKeys: String, CodingKey {
            case queueURLs = "QueueUrls"
            case token = "NextToken"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            queueURLs = try values.decodeIfPresent([String].self, forKey: .queueURLs) ?? []
            token = try values.decodeIfPresent(String.self, forKey: .token)
        }
    }
}
