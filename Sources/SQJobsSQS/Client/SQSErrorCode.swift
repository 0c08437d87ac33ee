/// Error codes of SQS, and what follows from them.
///
/// They are listed under "Common errors" and with each action in the Amazon SQS API Reference. The JSON protocol and the
/// older query protocol spell some differently; both spellings are here, because local servers use either.
enum SQSErrorCode {
    /// No whole response came.
    static let transport = "NoResponse"
    /// A response came that makes no sense.
    static let invalidResponse = "InvalidResponse"
    /// A checksum is wrong.
    static let checksumMismatch = "ChecksumMismatch"

    /// The queue does not exist, or no longer.
    static let missingQueue: Set = ["QueueDoesNotExist", "NonExistentQueue"]

    /// SQS wants to be asked more slowly.
    static let throttling: Set = [
        "Throttling", "ThrottlingException", "TooManyRequestsException", "RequestThrottled",
        "RequestThrottledException",
        "RequestLimitExceeded", "SlowDown", "KmsThrottled",
    ]

    /// SQS cannot serve now. Other trouble with keys (`Kms…`) is a setting that no waiting mends.
    static let transient: Set = [
        "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "ServiceUnavailable",
    ]

    /// The credentials are not, or no longer, good: others may be.
    static let rejectedCredentials: Set = [
        "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException",
        "InvalidAccessKeyId", "InvalidToken", "AuthFailure", "InvalidSecurity", "MissingAuthenticationToken",
        "MissingAuthenticationTokenException", "MissingSecurityHeader",
    ]

    /// The signature is not accepted: the secret or the clock is wrong.
    static let rejectedSignature: Set = [
        "InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignature", "IncompleteSignatureException",
        "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture",
    ]

    /// The receipt is not, or no longer, that of a message in flight.
    static let staleReceipt: Set = ["ReceiptHandleIsInvalid", "MessageNotInflight"]

    /// A code without what the protocols put before and behind it.
    ///
    /// `com.amazonaws.sqs#QueueDoesNotExist` and `AWS.SimpleQueueService.NonExistentQueue` lose what stands before the
    /// last `#` and dot, `InvalidSignatureException:http://…` what stands behind the colon.
    static func plain(_ code: String) -> String {
        let head = code.prefix { $0 != ":" && $0 != ";" }
        let tail = head.split(separator: "#").last ?? head
        return String(tail.split(separator: ".").last ?? tail)
    }
}
