/// Thrown by a job that wants another attempt: `throw Retry(after: .seconds(30))`.
///
/// It counts as an attempt. Instead of `onFailure` the job's `onRetry` is called, unless no attempt is left.
public struct Retry: Error, Sendable {
    /// How long to wait before the next attempt; `nil` follows the job's retry policy.
    public let delay: Duration?

    /// Asks for another attempt.
    ///
    /// - Parameter delay: How long to wait before it; a broker's own limit (12 hours on Amazon SQS) shortens a longer
    ///   one. `nil` follows the job's retry policy.
    public init(after delay: Duration? = nil) {
        self.delay = delay
    }
}

extension Retry: CustomStringConvertible {
    /// What was asked for.
    public var description: String {
        delay.map { "the job asked for another attempt after \($0)" } ?? "the job asked for another attempt"
    }
}
