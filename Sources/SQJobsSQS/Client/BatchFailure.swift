import SQJobsCore

/// An entry of a batch that was not carried out, or of which that isn't sure.
struct BatchFailure: Sendable {
    /// What is wrong with an entry that SQS itself doesn't call a failure.
    enum Kind: Sendable {
        /// The checksum that SQS sent is not that of what was sent to it.
        case checksumMismatch
        /// SQS doesn't mention the entry.
        case notMentioned
    }

    /// The id that the entry was given.
    let id: String
    /// Why, as SQS's error codes have it.
    let code: String
    /// SQS's sentence, if it sent one.
    let message: String?
    /// Whether the same entry would fail again.
    let isSenderFault: Bool
    /// Set when it isn't SQS that calls the entry a failure.
    let kind: Kind?

    /// Reads an entry of an answer.
    init(_ json: JSONSlice) throws {
        var id = ""
        var code = "Unknown"
        var message: String?
        var isSenderFault = false
        try json.members { key, value in
            if key.isString("Id") {
                id = try value.string() ?? ""
            } else if key.isString("Code") {
                code = try value.string() ?? code
            } else if key.isString("Message") {
                message = try value.string()
            } else if key.isString("SenderFault") {
                isSenderFault = value.bytes.elementsEqual("true".utf8)
            }
        }
        self.id = id
        self.code = SQSErrorCode.plain(code)
        self.message = message
        self.isSenderFault = isSenderFault
        kind = nil
    }

    init(id: String, kind: Kind) {
        self.id = id
        self.kind = kind
        isSenderFault = false
        switch kind {
        case .checksumMismatch:
            code = SQSErrorCode.checksumMismatch
            message = "the checksum that SQS sent back is not that of the message"
        case .notMentioned:
            code = SQSErrorCode.invalidResponse
            message = "SQS's answer does not mention the entry"
        }
    }

    /// The failure as an error of an action, so that it can be mapped and retried as one.
    func error(of action: String) -> SQSError {
        SQSError(
            action: action, code: code, message: message ?? "SQS gave no reason", isSenderFault: isSenderFault,
            isOutcomeUnknown: kind != nil)
    }
}
