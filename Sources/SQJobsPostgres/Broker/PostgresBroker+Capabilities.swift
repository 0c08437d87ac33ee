import SQJobsCore

extension PostgresBroker {
    /// The largest message, and the largest sum of those of a batch. PostgreSQL could hold more, but a queue is no place
    /// for it.
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

extension OutgoingMessage {
    /// Why a queue cannot hold the message.
    func refusal(by queue: QueueName, isOrdered: Bool) -> SQJobsError? {
        let texts = [body, group, deduplicationID].compactMap(\.self)
        let reason: String? =
            if size > PostgresBroker.largestMessage {
                "a message of \(size) bytes is larger than it can hold"
            } else if isOrdered, group == nil {
                "a message without a group cannot be put in order"
            } else if texts.contains(where: { $0.utf8.contains(0) }) {
                "a message with a NUL character cannot be kept"
            } else {
                nil
            }
        return reason.map { SQJobsError(.brokerRefused, "The queue “\(queue)” refused: \($0).", queue: queue) }
    }
}
