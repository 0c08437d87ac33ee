/// What a queue is to be like when it is made.
public struct QueueSettings: Sendable, Hashable {
    /// How long a delivery is held unless it is extended.
    public var visibility: Duration
    /// Whether messages have ordered groups; on Amazon SQS the queue's name must end in `.fifo`.
    public var isOrdered: Bool
    /// How often a message is delivered before it is dead; `nil` makes no place for dead messages.
    public var maximumReceives: Int?
    /// Where the dead go; `nil` lets the broker choose: on Amazon SQS the queue's name with `_dead` after it.
    public var deadLetterQueue: QueueName?

    /// Makes settings.
    ///
    /// - Parameters:
    ///   - visibility: How long a delivery is held unless it is extended; 30 seconds unless given.
    ///   - isOrdered: Whether messages have ordered groups.
    ///   - maximumReceives: How often a message is delivered before it is dead; `nil` makes no place for dead messages.
    ///   - deadLetterQueue: Where the dead go; `nil` lets the broker choose.
    public init(
        visibility: Duration = .seconds(30), isOrdered: Bool = false, maximumReceives: Int? = nil,
        deadLetterQueue: QueueName? = nil
    ) {
        self.visibility = visibility
        self.isOrdered = isOrdered
        self.maximumReceives = maximumReceives
        self.deadLetterQueue = deadLetterQueue
    }
}
