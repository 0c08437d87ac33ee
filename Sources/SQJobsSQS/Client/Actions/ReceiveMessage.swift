import SQJobsCore

/// Takes up to ten messages, which stay hidden from others for the visibility time-out.
struct ReceiveMessage: SQSAction, Encodable {
    static let name = "ReceiveMessage"

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// How many messages at most, 1 to 10.
    var maximum: Int
    /// For how many seconds SQS waits for a message when there is none, 0 to 20.
    var waitSeconds: Int
    /// For how many seconds the messages stay hidden, 0 to 43,200; nil for what the queue says.
    var visibilitySeconds: Int?
    /// The names of the message attributes that are wanted; `All` stands for all, `name.*` for a prefix.
    var attributeNames: [String] = ["All"]
    /// The names of the system attributes that are wanted.
    var systemAttributeNames = ["ApproximateReceiveCount", "SentTimestamp", "MessageGroupId"]

    enum CodingKeys: String, CodingKey {
        case queueURL = "QueueUrl"
        case maximum = "MaxNumberOfMessages"
        case waitSeconds = "WaitTimeSeconds"
        case visibilitySeconds = "VisibilityTimeout"
        case attributeNames = "MessageAttributeNames"
        case systemAttributeNames = "MessageSystemAttributeNames"
    }

    struct Output: SlicedOutput, Sendable {
        /// The messages whose checksums are right.
        private(set) var messages: [ReceivedMessage]
        /// The messages that were damaged on the way; they become visible again by themselves.
        private(set) var damaged: [ReceivedMessage] = []

        init(_ json: JSONSlice) throws {
            var messages: [ReceivedMessage] = []
            try json.members { key, value in
                guard key.isString("Messages"), value.bytes.first == UInt8(ascii: "[") else { return }
                try value.elements { messages.append(try ReceivedMessage($0)) }
            }
            self.messages = messages
        }

        /// The output with the damaged messages set apart.
        func sorted() -> Output {
            guard !messages.allSatisfy(\.isIntact) else { return self }
            var output = self
            output.messages = messages.filter(\.isIntact)
            output.damaged = messages.filter { !$0.isIntact }
            return output
        }
    }

    var longPoll: Duration { .seconds(waitSeconds) }

    func checked(_ output: Output) throws -> Output { output.sorted() }
}
