/// A queue that a worker listens to, and its share of the worker: `["mail", WorkerQueue("reports", weight: 3)]`.
public struct WorkerQueue: Sendable, Hashable {
    /// The queue.
    public let name: QueueName
    /// How many jobs of this queue start for each one of a queue of weight 1, while both have jobs waiting.
    public let weight: Int

    /// Makes a queue with a weight.
    ///
    /// - Parameters:
    ///   - name: The queue.
    ///   - weight: Its share, 1 or more.
    public init(_ name: QueueName, weight: Int = 1) {
        self.name = name
        self.weight = weight
    }
}

extension WorkerQueue: ExpressibleByStringLiteral {
    /// A queue of weight 1.
    ///
    /// - Parameter value: The queue's name.
    public init(stringLiteral value: String) {
        self.init(QueueName(value))
    }
}
