/// One job on its way to a queue, as the enqueue middleware sees and may change it.
public struct EnqueueRequest: Sendable {
    /// The job with its id, name and arguments.
    public var message: JobMessage
    /// How long nobody may receive it.
    public var delay: Duration
    /// The ordered group, where the queue has them.
    public var group: String?
    /// What makes a repeat recognisable; the job's id unless given.
    public var deduplicationID: String?
    /// Which of the messages that wait come first, where the queue has priorities: those with the highest.
    public var priority: Int
    /// What travels beside the body.
    public var attributes: [String: String]
    /// What makes the job one with others; ``UniqueJobs`` sees to it.
    public var uniqueKey: UniqueKey?
    /// How it is to be sent, unless as any other.
    var transferOrder: TransferOrder?

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - message: The job with its id, name and arguments.
    ///   - delay: How long nobody may receive it.
    ///   - group: The ordered group, where the queue has them.
    ///   - deduplicationID: What makes a repeat recognisable; the job's id unless given.
    ///   - priority: Which of the messages that wait come first.
    ///   - attributes: What travels beside the body.
    ///   - uniqueKey: What makes the job one with others.
    public init(
        message: JobMessage, delay: Duration = .zero, group: String? = nil, deduplicationID: String? = nil,
        priority: Int = 0, attributes: [String: String] = [:], uniqueKey: UniqueKey? = nil
    ) {
        self.message = message
        self.delay = delay
        self.group = group
        self.deduplicationID = deduplicationID
        self.priority = priority
        self.attributes = attributes
        self.uniqueKey = uniqueKey
    }
}
