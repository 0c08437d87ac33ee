public import SQJobsCore

extension QueueCapabilities {
    /// The limits of a queue on Amazon SQS, so that a test meets them before production does.
    ///
    /// They are those of
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>: 1 MiB a message
    /// and a batch, ten messages a batch, a delay of 15 minutes, a lease of 12 hours and a wait of 20 seconds.
    ///
    /// - Parameter settings: What the queue is like.
    @Sendable
    public static func likeAmazonSQS(_ settings: QueueSettings) -> QueueCapabilities {
        QueueCapabilities(
            visibility: settings.visibility, longestLease: .seconds(43_200), longestRelease: .seconds(43_200),
            longestDelay: .seconds(900), delaysEachMessage: !settings.isOrdered, largestMessage: 1_048_576,
            largestBatch: 1_048_576, batchSize: 10, longestWait: .seconds(20), isOrdered: settings.isOrdered,
            deduplicates: settings.isOrdered, maximumReceives: settings.maximumReceives,
            keepsDeadMessages: settings.maximumReceives != nil)
    }
}
