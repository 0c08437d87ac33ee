/// The receipt for an enqueued job: what to ask about it later.
public struct JobTicket<Output: Sendable>: Sendable, Hashable {
    /// The job's id, by which its result is found.
    public let id: String
    /// The job's name.
    public let name: String
    /// The queue that it was sent to.
    public let queue: QueueName
    /// The broker's id for the message.
    public let messageID: String

    /// Makes a ticket.
    ///
    /// - Parameters:
    ///   - id: The job's id.
    ///   - name: The job's name.
    ///   - queue: The queue that it was sent to.
    ///   - messageID: The broker's id for the message.
    public init(id: String, name: String, queue: QueueName, messageID: String) {
        self.id = id
        self.name = name
        self.queue = queue
        self.messageID = messageID
    }
}
