import SQJobsCore

import struct Foundation.Data

/// Sends one message.
struct SendMessage: SQSAction {
    static let name = "SendMessage"
    static let sendsMessages = true

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// The message.
    var message: QueuedMessage

    func encoded(_ coder: SQSCoder) throws -> Data {
        var json = JSONWriter(capacity: message.body.utf8.count + 512)
        try json.object { json in
            try json.member("QueueUrl", queueURL)
            try message.write(to: &json)
        }
        return Data(json.bytes)
    }

    /// What SQS says of a message that it took.
    struct Output: SlicedOutput, Sendable {
        /// SQS's own id for the message.
        private(set) var messageID = ""
        /// The message's place in a FIFO queue.
        private(set) var sequenceNumber: String?
        private(set) var bodyDigest = ""
        private(set) var attributesDigest: String?

        init(_ json: JSONSlice) throws {
            try json.members { try take($0, $1) }
            guard !messageID.isEmpty else { throw JSONSlice.Malformed("MessageId is missing", at: json.place) }
        }

        /// Starts with nothing, for an answer that holds more than this.
        init() {}

        /// Takes a member, if it is one of these.
        mutating func take(_ key: JSONSlice, _ value: JSONSlice) throws {
            if key.isString("MessageId") {
                messageID = try value.string() ?? ""
            } else if key.isString("MD5OfMessageBody") {
                bodyDigest = try value.string() ?? ""
            } else if key.isString("MD5OfMessageAttributes") {
                attributesDigest = try value.string()
            } else if key.isString("SequenceNumber") {
                sequenceNumber = try value.string()
            }
        }

        /// Whether the checksums are those of the message.
        func isIntact(_ message: QueuedMessage) -> Bool {
            MessageDigest.matches(bodyDigest, body: message.body)
                && MessageDigest.matches(attributesDigest, attributes: message.attributes)
        }
    }

    func checked(_ output: Output) throws -> Output {
        guard output.isIntact(message) else { throw SQSError.checksum(of: Self.name, sent: true) }
        return output
    }
}
