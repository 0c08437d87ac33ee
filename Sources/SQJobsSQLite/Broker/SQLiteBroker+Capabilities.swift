import SQJobsCore

extension SQLiteBroker {
    /// The largest message, and the largest sum of those of a batch. SQLite could hold more, but a queue is no place for
    /// it.
    static let largestMessage = 4 << 20
    static let largestBatch = 16 << 20
    /// How many messages are claimed or settled at once.
    static let batchSize = 100
    /// How long a receive waits at most.
    static let longestWait = Duration.seconds(20)
    /// How often a job is tried that does not say.
    static let maximumAttempts = 25

    static func capabilities(of settings: QueueSettings) -> QueueCapabilities {
        QueueCapabilities(
            visibility: settings.visibility, largestMessage: largestMessage, largestBatch: largestBatch,
            batchSize: batchSize, longestWait: longestWait, isOrdered: settings.isOrdered,
            deduplicates: settings.isOrdered, prioritizes: !settings.isOrdered,
            maximumReceives: settings.maximumReceives, defaultMaximumAttempts: maximumAttempts)
    }
}
