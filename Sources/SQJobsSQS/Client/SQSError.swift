/// Why SQS did not carry an action out, or may not have.
///
/// It holds nothing of the request: neither credentials nor messages.
struct SQSError: Error, Sendable {
    /// The action.
    let action: String
    /// The error's code: SQS's own, or one of ``SQSErrorCode``'s first three.
    let code: String
    /// SQS's or libcurl's sentence, without secrets.
    let message: String
    /// The response's status; nil when none came.
    var status: Int?
    /// SQS's own id for the request, which AWS's support asks for.
    var requestID: String?
    /// Whether SQS says that the request is at fault, and would be again.
    var isSenderFault: Bool
    /// Whether the action may have been carried out nevertheless.
    var isOutcomeUnknown: Bool
    /// SQS's clock when it answered, as its `Date` field has it.
    var serverDate: String?

    init(
        action: String, code: String, message: String, status: Int? = nil, requestID: String? = nil,
        isSenderFault: Bool = false, isOutcomeUnknown: Bool = false, serverDate: String? = nil
    ) {
        self.action = action
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.isSenderFault = isSenderFault
        self.isOutcomeUnknown = isOutcomeUnknown
        self.serverDate = serverDate
    }

    /// The error of a request to which no response came.
    init(action: String, _ error: TransportError) {
        self.init(
            action: action, code: SQSErrorCode.transport, message: error.reason,
            isOutcomeUnknown: error.delivery == .unknown)
    }

    /// A message that came back, or was acknowledged, with a checksum that isn't its own.
    static func checksum(of action: String, sent: Bool) -> SQSError {
        SQSError(
            action: action, code: SQSErrorCode.checksumMismatch,
            message: "the checksum that SQS sent back is not that of the message", isOutcomeUnknown: sent)
    }

    /// Whether the same request may succeed a little later.
    var isRetryable: Bool {
        switch status {
        case 500, 502, 503, 504: return true
        default: break
        }
        if code == SQSErrorCode.transport || isThrottling { return true }
        // Too many messages in flight: some will be deleted. For any other action it is a limit of the account.
        if code == "OverLimit" { return action == ReceiveMessage.name }
        return SQSErrorCode.transient.contains(code)
    }

    /// Whether SQS asks for fewer requests.
    var isThrottling: Bool { SQSErrorCode.throttling.contains(code) }
}

extension SQSError: CustomStringConvertible {
    /// Action, code, status, sentence and request id.
    var description: String {
        let status = status.map { ", HTTP \($0)" } ?? ""
        let request = requestID.map { ", request \($0)" } ?? ""
        return "\(action): \(code)\(status)\(request): \(message)"
    }
}
