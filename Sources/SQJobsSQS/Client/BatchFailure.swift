/// An entry of a batch that was not carried out, or of which that isn't sure.
struct BatchFailure: Decodable, Sendable {
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

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case code = "Code"
        case message = "Message"
        case isSenderFault = "SenderFault"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        code = SQSErrorCode.plain(try values.decodeIfPresent(String.self, forKey: .code) ?? "Unknown")
        message = try values.decodeIfPresent(String.self, forKey: .message)
        isSenderFault = try values.decodeIfPresent(Bool.self, forKey: .isSenderFault) ?? false
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
