/// What a person or a deployment does with queues, through the command `queues`: list, create, purge, and see to the
/// dead.
public protocol QueueAdministration: Sendable {
    /// The queues there are, in the order of their names.
    func queues() async throws -> [QueueName]

    /// How much a queue holds, as far as the broker knows.
    ///
    /// - Parameter queue: The queue.
    /// - Throws: ``SQJobsError`` with code `queueDoesNotExist` when there is no such queue.
    func statistics(of queue: QueueName) async throws -> QueueStatistics

    /// Makes a queue; fine if it is there already with the same settings.
    ///
    /// - Parameters:
    ///   - queue: The queue.
    ///   - settings: What it is to be like.
    /// - Throws: ``SQJobsError`` with code `brokerRefused` when it exists with other settings.
    func create(_ queue: QueueName, _ settings: QueueSettings) async throws

    /// Removes a queue with all that it holds.
    ///
    /// - Parameter queue: The queue.
    func remove(_ queue: QueueName) async throws

    /// Deletes all messages of a queue.
    ///
    /// - Parameter queue: The queue.
    func purge(_ queue: QueueName) async throws

    /// Looks at dead messages without taking them away.
    ///
    /// - Parameters:
    ///   - queue: The queue on which they died.
    ///   - limit: How many to return at most.
    func deadMessages(of queue: QueueName, limit: Int) async throws -> [DeadMessage]

    /// Puts dead messages back on the queue on which they died: same job ids, fresh deduplication ids, receive counts
    /// from the start. A message is off its dead-letter place only after it is back on its queue.
    ///
    /// - Parameters:
    ///   - queue: The queue on which they died.
    ///   - messageIDs: The ids of the messages to put back, as ``DeadMessage/messageID`` has them; `nil` for all.
    /// - Returns: How many were put back.
    func requeueDeadMessages(of queue: QueueName, messageIDs: Set<String>?) async throws -> Int

    /// Whether queues can be paused.
    var pausesQueues: Bool { get }

    /// Whether a queue is paused.
    ///
    /// - Parameter queue: The queue.
    /// - Throws: ``SQJobsError`` with code `queueDoesNotExist` when there is no such queue.
    func isPaused(_ queue: QueueName) async throws -> Bool

    /// Pauses a queue: nobody receives anything from it until it is resumed. Messages can be sent, and those that are held
    /// can be settled.
    ///
    /// - Parameter queue: The queue; fine if it is paused already.
    /// - Throws: ``SQJobsError`` with code `unsupported` when ``pausesQueues`` is false, `queueDoesNotExist`.
    func pause(_ queue: QueueName) async throws

    /// Ends a queue's pause.
    ///
    /// - Parameter queue: The queue; fine if it is not paused.
    /// - Throws: ``SQJobsError``, as ``pause(_:)``.
    func resume(_ queue: QueueName) async throws
}

/// A broker whose queues cannot be paused says so.
extension QueueAdministration {
    /// That they cannot.
    public var pausesQueues: Bool { false }

    /// False: no queue ever is.
    public func isPaused(_ queue: QueueName) async throws -> Bool { false }

    /// Refuses.
    public func pause(_ queue: QueueName) async throws { throw Self.cannotPause(queue) }

    /// Refuses.
    public func resume(_ queue: QueueName) async throws { throw Self.cannotPause(queue) }

    private static func cannotPause(_ queue: QueueName) -> SQJobsError {
        SQJobsError(
            .unsupported, "The queue “\(queue)” cannot be paused, for its broker has no such thing: stop its workers.",
            queue: queue)
    }
}
