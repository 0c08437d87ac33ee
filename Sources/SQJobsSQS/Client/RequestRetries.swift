/// How often, and after which waits, a request is sent again that may succeed later.
///
/// The waits grow exponentially and are drawn from the whole range from zero ("full jitter"), as "Exponential Backoff And
/// Jitter" in the AWS Architecture Blog finds best.
struct RequestRetries: Sendable {
    /// How often a request is sent at most, the first time included.
    var maximumAttempts = 4
    /// The longest wait before the second attempt; each later one is twice as long.
    var base = Duration.milliseconds(100)
    /// The same after SQS asked for fewer requests.
    var throttledBase = Duration.milliseconds(500)
    /// The longest wait of all.
    var cap = Duration.seconds(20)

    /// The wait before the next attempt; nil when there is none.
    ///
    /// - Parameters:
    ///   - error: What the last attempt failed with.
    ///   - attempt: Its number, from 1.
    ///   - random: A number from 0 up to, not including, 1.
    func wait(after error: SQSError, attempt: Int, random: Double) -> Duration? {
        guard error.isRetryable, attempt < maximumAttempts else { return nil }
        let base = error.isThrottling ? throttledBase : base
        let bound = min(cap, base * (1 << min(attempt - 1, 16)))
        return bound * random
    }
}
