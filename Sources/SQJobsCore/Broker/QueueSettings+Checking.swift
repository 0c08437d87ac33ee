extension QueueSettings {
    /// Makes sure that a queue in a database can be like this.
    ///
    /// - Parameter queue: Its name.
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` that shows what cannot be, or `unsupported`.
    package func validate(for queue: QueueName) throws {
        let name = queue.rawValue
        guard !name.isEmpty, name.count <= Self.longestName, !name.utf8.contains(0) else {
            throw SQJobsError(
                .invalidConfiguration, "A queue cannot be named “\(queue)”: use 1 to \(Self.longestName) characters.",
                queue: queue)
        }
        guard visibility > .zero else {
            throw SQJobsError(
                .invalidConfiguration,
                "The queue “\(queue)” cannot hold messages for \(visibility): use more than zero.",
                queue: queue)
        }
        if let limit = maximumReceives, limit < 1 {
            throw SQJobsError(
                .invalidConfiguration,
                "The queue “\(queue)” cannot bury a message after \(limit) receives: use at least 1.", queue: queue)
        }
        guard deadLetterQueue == nil else {
            throw SQJobsError(
                .unsupported, "The queue “\(queue)” keeps its dead messages itself: name no queue for them.",
                queue: queue)
        }
    }

    private static let longestName = 200
}
