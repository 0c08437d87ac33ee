/// What makes jobs one: of those that share a key only one is enqueued at a time, or in a period.
public struct UniqueKey: Sendable, Hashable {
    /// The key.
    public let text: String
    /// For how long after its enqueueing no other job is enqueued; `nil` until a worker starts the job.
    public let period: Duration?

    /// Makes a key.
    ///
    /// - Parameters:
    ///   - text: The key: any text that is not empty, without NUL.
    ///   - period: For how long no other job is enqueued; `nil` until a worker starts the job.
    public init(_ text: String, period: Duration? = nil) {
        self.text = text
        self.period = period
    }

    /// The attribute that carries the key of a job that has it until it starts.
    static let attribute = "sqjobs_unique_key"

    /// A message that is lost must not keep its key for ever: Amazon SQS holds one for 14 days at most.
    private static let longest = Duration.seconds(14 * 86_400)

    /// How long the key is reserved for a job with a delay.
    func lifetime(delay: Duration) -> Duration {
        period ?? Self.longest + delay
    }
}
