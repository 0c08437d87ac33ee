/// What one queue can do: declared by its broker, checked at enqueue, and followed by the worker.
public struct QueueCapabilities: Sendable, Hashable {
    /// How long a delivery is held unless it is extended.
    public var visibility: Duration
    /// How long a delivery can be held in all, from its receive; `nil` without a limit.
    public var longestLease: Duration?
    /// The longest time for which a released message can be kept back; `nil` without a limit.
    public var longestRelease: Duration?
    /// The longest delay of a message when it is sent; `nil` without a limit.
    public var longestDelay: Duration?
    /// Whether each message may have a delay of its own; on first-in-first-out queues of Amazon SQS none may.
    public var delaysEachMessage: Bool
    /// The largest body with its attributes, in bytes.
    public var largestMessage: Int
    /// The largest sum of the messages of one batch, in bytes.
    public var largestBatch: Int
    /// How many messages one request can carry.
    public var batchSize: Int
    /// How long a receive can wait for a message.
    public var longestWait: Duration
    /// Whether messages have ordered groups; a queue that has them wants one for each message.
    public var isOrdered: Bool
    /// Whether a message with a deduplication id that was sent before is dropped.
    public var deduplicates: Bool
    /// Whether messages may have priorities; on Amazon SQS none may.
    public var prioritizes: Bool
    /// How often a message is delivered before the queue itself takes it for dead; `nil` if it never does.
    public var maximumReceives: Int?
    /// How many attempts a job has that does not say; `nil` leaves it to ``maximumReceives``.
    public var defaultMaximumAttempts: Int?
    /// Whether a dead message is kept somewhere; where not, it is logged and deleted.
    public var keepsDeadMessages: Bool

    /// Makes a description of a queue, by default one without limits but for the batch.
    ///
    /// - Parameters:
    ///   - visibility: How long a delivery is held unless it is extended; more than zero.
    ///   - longestLease: How long a delivery can be held in all.
    ///   - longestRelease: The longest time for which a released message can be kept back.
    ///   - longestDelay: The longest delay of a message when it is sent.
    ///   - delaysEachMessage: Whether each message may have a delay of its own.
    ///   - largestMessage: The largest body with its attributes, in bytes.
    ///   - largestBatch: The largest sum of the messages of one batch, in bytes.
    ///   - batchSize: How many messages one request can carry; at least 1.
    ///   - longestWait: How long a receive can wait for a message.
    ///   - isOrdered: Whether messages have ordered groups.
    ///   - deduplicates: Whether a repeated deduplication id is dropped.
    ///   - prioritizes: Whether messages may have priorities.
    ///   - maximumReceives: How often a message is delivered before the queue itself takes it for dead.
    ///   - defaultMaximumAttempts: How many attempts a job has that does not say.
    ///   - keepsDeadMessages: Whether a dead message is kept somewhere.
    public init(
        visibility: Duration = .seconds(30), longestLease: Duration? = nil, longestRelease: Duration? = nil,
        longestDelay: Duration? = nil, delaysEachMessage: Bool = true, largestMessage: Int = .max,
        largestBatch: Int = .max, batchSize: Int = 10, longestWait: Duration = .seconds(20), isOrdered: Bool = false,
        deduplicates: Bool = false, prioritizes: Bool = false, maximumReceives: Int? = nil,
        defaultMaximumAttempts: Int? = nil, keepsDeadMessages: Bool = true
    ) {
        self.visibility = visibility
        self.longestLease = longestLease
        self.longestRelease = longestRelease
        self.longestDelay = longestDelay
        self.delaysEachMessage = delaysEachMessage
        self.largestMessage = largestMessage
        self.largestBatch = largestBatch
        self.batchSize = batchSize
        self.longestWait = longestWait
        self.isOrdered = isOrdered
        self.deduplicates = deduplicates
        self.prioritizes = prioritizes
        self.maximumReceives = maximumReceives
        self.defaultMaximumAttempts = defaultMaximumAttempts
        self.keepsDeadMessages = keepsDeadMessages
    }
}
