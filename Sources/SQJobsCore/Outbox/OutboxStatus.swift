public import struct Foundation.Date

/// What can be seen of an entry that waits in an ``Outbox``.
public struct OutboxStatus: Sendable, Hashable {
    /// The entry's number.
    public let number: Int64
    /// The job's id.
    public let id: String
    /// The job's name.
    public let name: String
    /// The queue that it is for.
    public let queue: QueueName
    /// Before this it is not sent.
    public let dueAt: Date
    /// How often it was put off.
    public let refusals: Int
    /// Why it was put off last.
    public let error: String?

    /// Makes a status: what a store's adapter returns.
    ///
    /// - Parameters:
    ///   - number: The entry's number.
    ///   - id: The job's id.
    ///   - name: The job's name.
    ///   - queue: The queue that it is for.
    ///   - dueAt: Before this it is not sent.
    ///   - refusals: How often it was put off.
    ///   - error: Why it was put off last.
    public init(
        number: Int64, id: String, name: String, queue: QueueName, dueAt: Date, refusals: Int, error: String?
    ) {
        self.number = number
        self.id = id
        self.name = name
        self.queue = queue
        self.dueAt = dueAt
        self.refusals = refusals
        self.error = error
    }
}
