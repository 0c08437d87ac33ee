/// How much a queue holds. On Amazon SQS the figures are approximate and may lag by a minute.
public struct QueueStatistics: Sendable, Hashable, Codable {
    /// Messages that can be received now.
    public var waiting: Int
    /// Messages that are held back until their delay ends.
    public var delayed: Int
    /// Messages that workers hold.
    public var inFlight: Int
    /// Messages that are dead; `nil` where the queue keeps none.
    public var dead: Int?

    /// Makes a count.
    ///
    /// - Parameters:
    ///   - waiting: Messages that can be received now.
    ///   - delayed: Messages that are held back until their delay ends.
    ///   - inFlight: Messages that workers hold.
    ///   - dead: Messages that are dead; `nil` where the queue keeps none.
    public init(waiting: Int, delayed: Int = 0, inFlight: Int = 0, dead: Int? = nil) {
        self.waiting = waiting
        self.delayed = delayed
        self.inFlight = inFlight
        self.dead = dead
    }

    /// Whether nothing waits, is held back or is held by a worker.
    public var isEmpty: Bool { waiting == 0 && delayed == 0 && inFlight == 0 }
}
