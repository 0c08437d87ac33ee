extension EagerBroker: Broker {
    /// There are no queues to look after.
    public var administration: (any QueueAdministration)? { nil }

    /// The same for every queue: no limits, groups are accepted, and 25 attempts for a job that does not say.
    ///
    /// - Parameter queue: Any queue.
    public func capabilities(of queue: QueueName) async throws -> QueueCapabilities {
        QueueCapabilities(isOrdered: true, maximumReceives: attemptLimit, defaultMaximumAttempts: 25)
    }

    /// Runs the messages to their ends, one after the other.
    ///
    /// - Parameters:
    ///   - messages: The messages.
    ///   - queue: The queue that the jobs believe they came from.
    /// - Returns: For each message an id if its job succeeded, or why it did not: with code `jobFailed` and the job's
    ///   error behind it when the last attempt failed.
    public func send(
        _ messages: [OutgoingMessage], to queue: QueueName
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let capabilities = try await capabilities(of: queue)
        var answers: [Result<SentMessage, SQJobsError>] = []
        for message in messages {
            let messageID = JobID.make(at: clock.now())
            do {
                let completion = try await run(message, messageID: messageID, on: queue, capabilities)
                completions?.record(completion, for: messageID)
                answers.append(.success(SentMessage(messageID: messageID)))
            } catch {
                answers.append(.failure(Self.failure(error, of: message, messageID: messageID, on: queue)))
            }
        }
        return answers
    }

    /// Waits, and gives nothing: what was sent has been run.
    public func receive(
        from queue: QueueName, count: Int, wait: Duration, visibility: Duration
    ) async throws -> [Delivery] {
        try await clock.sleep(wait)
        return []
    }

    /// No delivery is ever held.
    public func extend(
        _ deliveries: [Delivery], by duration: Duration
    ) async throws -> [Result<Void, SQJobsError>] {
        deliveries.map(Self.neverHeld)
    }

    /// No delivery is ever held.
    public func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>] {
        releases.map { Self.neverHeld($0.delivery) }
    }

    /// No delivery is ever held.
    public func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>] {
        deliveries.map(Self.neverHeld)
    }

    /// No delivery is ever held.
    public func bury(_ deliveries: [Delivery], reason: String) async throws -> [Result<Void, SQJobsError>] {
        deliveries.map(Self.neverHeld)
    }

    /// There is nothing to let go.
    public func shutdown() async {}

    /// A job's own error is kept behind one that says which job it was.
    private static func failure(
        _ error: any Error, of message: OutgoingMessage, messageID: String, on queue: QueueName
    ) -> SQJobsError {
        let name = try? MessageCodec.decode(message.body, messageID: messageID).name
        return SQJobsError(
            .jobFailed, "The job \(name.map { "“\($0)”" } ?? "of a message that cannot be read") failed in place.",
            job: name, queue: queue, underlying: error)
    }

    private static func neverHeld(_ delivery: Delivery) -> Result<Void, SQJobsError> {
        .failure(
            SQJobsError(
                .leaseLost, "The message is not held: a broker that runs jobs in place delivers none.",
                queue: delivery.queue))
    }
}
