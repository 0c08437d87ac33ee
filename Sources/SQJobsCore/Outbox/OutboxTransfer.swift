/// Sends messages to queues that are kept in the outbox's own store: in the same transaction each leaves the outbox or takes
/// its unique key. A process that is killed anywhere has done both or neither, so that a message is sent exactly once.
public protocol OutboxTransfer: Sendable {
    /// Sends messages of which the conditions are met.
    ///
    /// - Parameters:
    ///   - parcels: The messages, already checked against the queue's capabilities, and their conditions.
    ///   - queue: The queue.
    /// - Returns: For each message the broker's id for it, or why it was not sent, and then its condition changed nothing;
    ///   where another job has the unique key, that job's id.
    /// - Throws: ``SQJobsError`` with code `queueDoesNotExist` among others when nothing can be said of any message.
    func send(_ parcels: [OutboxParcel], to queue: QueueName) async throws -> [Result<SentMessage, SQJobsError>]
}
