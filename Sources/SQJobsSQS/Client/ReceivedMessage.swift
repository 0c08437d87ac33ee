import SQJobsCore

/// A message as SQS hands it out.
struct ReceivedMessage: Sendable {
    /// SQS's own id for the message, the same at every delivery.
    private(set) var id = ""
    /// What this delivery is deleted, extended and released with.
    private(set) var receiptHandle = ""
    /// The body.
    private(set) var body = ""
    /// The attributes that the sender set and that were asked for.
    var attributes: [String: MessageAttribute]?
    /// What SQS says of the message.
    var system: System?
    var bodyDigest: String?
    var attributesDigest: String?

    /// Reads a message of an answer.
    ///
    /// - Throws: `JSONSlice.Malformed` when it lacks what it is known, settled or read by.
    init(_ json: JSONSlice) throws {
        var known = 0
        try json.members { key, value in
            if key.isString("MessageId") {
                id = try value.string() ?? ""
                known += 1
            } else if key.isString("ReceiptHandle") {
                receiptHandle = try value.string() ?? ""
                known += 1
            } else if key.isString("Body") {
                body = try value.string() ?? ""
                known += 1
            } else if key.isString("MD5OfBody") {
                bodyDigest = try value.string()
            } else if key.isString("MD5OfMessageAttributes") {
                attributesDigest = try value.string()
            } else if key.isString("Attributes") {
                system = try System(value)
            } else if key.isString("MessageAttributes") {
                var attributes: [String: MessageAttribute] = [:]
                try value.members { attributes[try $0.string() ?? ""] = try MessageAttribute($1) }
                self.attributes = attributes
            }
        }
        guard known == 3 else {
            throw JSONSlice.Malformed("a message's MessageId, ReceiptHandle or Body is missing", at: json.place)
        }
    }

    /// System attributes; SQS sends them all as strings.
    struct System: Sendable {
        /// How often the message has been handed out, this time included.
        private(set) var receiveCount: String?
        /// When the message was sent, in milliseconds since 1970.
        private(set) var sentTimestamp: String?
        /// The message's group.
        private(set) var groupID: String?

        /// Reads the system attributes of a message.
        init(_ json: JSONSlice) throws {
            try json.members { key, value in
                if key.isString("ApproximateReceiveCount") {
                    receiveCount = try value.string()
                } else if key.isString("SentTimestamp") {
                    sentTimestamp = try value.string()
                } else if key.isString("MessageGroupId") {
                    groupID = try value.string()
                }
            }
        }
    }

    /// Whether the body and the attributes are those that were sent, as far as SQS gave their checksums.
    var isIntact: Bool {
        MessageDigest.matches(bodyDigest, body: body)
            && MessageDigest.matches(attributesDigest, attributes: attributes)
    }
}
