import Synchronization

/// What keeps many callers from sending everything several times while SQS is in trouble.
///
/// A bucket of tokens that retries take from and successes put back into, as the standard retry mode of AWS's SDKs has it
/// ("Retry behavior" in the AWS SDKs and Tools Reference Guide): once it is empty, requests fail without a retry.
final class RetryQuota: Sendable {
    private static let size = 500
    private static let retryCost = 5
    private let tokens = Mutex(RetryQuota.size)

    /// Takes the tokens for a retry.
    ///
    /// - Returns: Whether there were enough.
    func withdraw() -> Bool {
        tokens.withLock { tokens in
            guard tokens >= Self.retryCost else { return false }
            tokens -= Self.retryCost
            return true
        }
    }

    /// Puts tokens back after a success: all that its retry took, or one for a first attempt.
    func deposit(afterRetry: Bool) {
        tokens.withLock { $0 = min(Self.size, $0 + (afterRetry ? Self.retryCost : 1)) }
    }
}
