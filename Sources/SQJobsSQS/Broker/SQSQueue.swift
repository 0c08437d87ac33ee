import Foundation
import SQJobsCore

/// What is known of one queue.
struct SQSQueue: Sendable {
    /// Where dead messages go: a queue's name and the account that owns it.
    struct DeadLetterTarget: Sendable, Hashable {
        let name: QueueName
        let account: String
    }

    let name: QueueName
    let url: String
    let capabilities: QueueCapabilities
    let deadLetterTarget: DeadLetterTarget?

    /// The attributes that the description is made of.
    static let attributeNames = ["VisibilityTimeout", "MaximumMessageSize", "RedrivePolicy", "FifoQueue"]

    /// Amazon SQS quotas, as its Developer Guide lists them under "Message quotas".
    private static let largestMessage = 1_048_576
    private static let longestVisibility = Duration.seconds(43_200)

    init(_ name: QueueName, url: String, attributes: [String: String]) {
        self.name = name
        self.url = url
        let redrive = attributes["RedrivePolicy"].flatMap {
            try? JSONDecoder().decode(RedrivePolicy.self, from: Data($0.utf8))
        }
        let isFIFO = name.rawValue.hasSuffix(".fifo")
        deadLetterTarget = redrive?.target
        capabilities = QueueCapabilities(
            visibility: .seconds(attributes["VisibilityTimeout"].flatMap(Int.init) ?? 30),
            longestLease: Self.longestVisibility, longestRelease: Self.longestVisibility,
            longestDelay: .seconds(900), delaysEachMessage: !isFIFO,
            largestMessage: attributes["MaximumMessageSize"].flatMap(Int.init) ?? Self.largestMessage,
            largestBatch: Self.largestMessage, batchSize: 10, longestWait: .seconds(20), isOrdered: isFIFO,
            deduplicates: isFIFO, maximumReceives: redrive?.maximumReceives, keepsDeadMessages: redrive != nil)
    }

    /// A queue's redrive policy. `maxReceiveCount` comes as a number or as a string, as whoever set it wrote it.
    private struct RedrivePolicy: Decodable {
        let target: DeadLetterTarget
        let maximumReceives: Int

        enum CodingKeys: String, CodingKey {
            case target = "deadLetterTargetArn"
            case maximumReceives = "maxReceiveCount"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            let parts = try values.decode(String.self, forKey: .target).split(
                separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 6 else {
                throw DecodingError.dataCorruptedError(forKey: .target, in: values, debugDescription: "not an ARN")
            }
            target = DeadLetterTarget(name: QueueName(String(parts[5])), account: String(parts[4]))
            let text = try? values.decode(String.self, forKey: .maximumReceives)
            maximumReceives = try text.flatMap(Int.init) ?? values.decode(Int.self, forKey: .maximumReceives)
        }
    }
}
