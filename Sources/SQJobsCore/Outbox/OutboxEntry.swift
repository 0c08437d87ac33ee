public import struct Foundation.Date

/// A job that waits in an ``Outbox`` until it is time to send it.
public struct OutboxEntry: Sendable {
    /// The job with its id, name and arguments.
    public var message: JobMessage
    /// The queue that it is for.
    public var queue: QueueName
    /// Before this it is not sent.
    public var dueAt: Date
    /// The ordered group, where the queue has them.
    public var group: String?
    /// What makes a repeat recognisable on a queue that drops repeats; the job's id unless given.
    public var deduplicationID: String?
    /// What travels beside the body.
    public var attributes: [String: String]
    /// Entries that share a key are sent in the order in which they were put in; `nil` for one that waits for no other.
    public var orderingKey: String?
    /// While an entry with this key waits, another with the same is not put in; `nil` for one that is never left out.
    public var onceKey: String?
    /// Whether the job has passed the enqueue middleware already; where not, it does so when it is sent.
    public var isPrepared: Bool

    /// Makes an entry.
    ///
    /// - Parameters:
    ///   - message: The job with its id, name and arguments.
    ///   - queue: The queue that it is for.
    ///   - dueAt: Before this it is not sent.
    ///   - group: The ordered group, where the queue has them.
    ///   - deduplicationID: What makes a repeat recognisable; the job's id unless given.
    ///   - attributes: What travels beside the body.
    ///   - orderingKey: What entries share that must be sent in order.
    ///   - onceKey: What is in the outbox once at a time.
    ///   - isPrepared: Whether the job has passed the enqueue middleware already.
    public init(
        message: JobMessage, queue: QueueName, dueAt: Date, group: String? = nil, deduplicationID: String? = nil,
        attributes: [String: String] = [:], orderingKey: String? = nil, onceKey: String? = nil, isPrepared: Bool = false
    ) {
        self.message = message
        self.queue = queue
        self.dueAt = dueAt
        self.group = group
        self.deduplicationID = deduplicationID
        self.attributes = attributes
        self.orderingKey = orderingKey
        self.onceKey = onceKey
        self.isPrepared = isPrepared
    }
}

extension OutboxEntry {
    /// The job as the enqueue middleware and the broker are given it.
    var request: EnqueueRequest {
        EnqueueRequest(message: message, group: group, deduplicationID: deduplicationID, attributes: attributes)
    }
}
