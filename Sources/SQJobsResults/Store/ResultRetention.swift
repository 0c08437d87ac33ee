/// How long rows are kept.
public struct ResultRetention: Sendable, Hashable {
    /// For how long after they finished.
    public var finished: Duration
    /// For how long after they were last heard of, if they did not finish: the longest time that a message can still be
    /// on its queue.
    public var unknown: Duration

    /// Makes a retention.
    ///
    /// - Parameters:
    ///   - finished: For how long after they finished; 7 days unless given.
    ///   - unknown: For how long after they were last heard of; 14 days unless given, the longest that Amazon SQS keeps
    ///     a message.
    public init(finished: Duration = .seconds(7 * 86_400), unknown: Duration = .seconds(14 * 86_400)) {
        self.finished = finished
        self.unknown = unknown
    }
}
