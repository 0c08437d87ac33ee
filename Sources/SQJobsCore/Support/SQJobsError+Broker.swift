extension SQJobsError {
    /// A store's error as the users of a broker know it, when the store is the broker.
    ///
    /// - Parameter queue: The queue concerned.
    package func asBroker(_ queue: QueueName? = nil) -> SQJobsError {
        let code: Code =
            switch code {
            case .storeUnavailable, .timedOut: .brokerUnavailable
            case .storeRefused: .brokerRefused
            default: code
            }
        return SQJobsError(code, message, job: job, queue: self.queue ?? queue, underlying: underlying)
    }

    /// There is no such queue.
    package static func missing(_ queue: QueueName) -> SQJobsError {
        SQJobsError(
            .queueDoesNotExist, "The queue “\(queue)” does not exist: create it, as `queues create \(queue)` does.",
            queue: queue)
    }

    /// A delivery is held no more.
    package static func leaseLost(_ delivery: Delivery) -> SQJobsError {
        SQJobsError(
            .leaseLost,
            "The message \(delivery.messageID) of the queue “\(delivery.queue)” is no longer held: its lease ran out or"
                + " it was settled already.",
            queue: delivery.queue)
    }
}
