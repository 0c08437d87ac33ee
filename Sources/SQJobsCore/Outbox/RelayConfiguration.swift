/// How an ``OutboxRelay`` works.
public struct RelayConfiguration: Sendable, Hashable {
    /// How long it sleeps at most before it looks again.
    public var interval: Duration
    /// How many entries it claims at once.
    public var batch: Int
    /// For how long it claims them: longer than sending them takes. Entries of a relay that died wait for its end.
    public var lease: Duration
    /// The queues whose entries it sends; all of them if there is none.
    public var queues: [QueueName]

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - interval: How long the relay sleeps at most; a second unless given.
    ///   - batch: How many entries it claims at once; 500 unless given.
    ///   - lease: For how long it claims them; 30 seconds unless given.
    ///   - queues: The queues whose entries it sends; all of them unless given.
    public init(
        interval: Duration = .seconds(1), batch: Int = 500, lease: Duration = .seconds(30), queues: [QueueName] = []
    ) {
        self.interval = interval
        self.batch = batch
        self.lease = lease
        self.queues = queues
    }

    /// Makes sure that the configuration can be used.
    ///
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` that shows the value.
    func validate() throws {
        guard interval > .zero else {
            throw SQJobsError(
                .invalidConfiguration, "The relay's interval is \(interval): it must be more than nothing.")
        }
        guard batch >= 1 else {
            throw SQJobsError(.invalidConfiguration, "The relay's batch is \(batch): it must be 1 or more.")
        }
        guard lease > .zero else {
            throw SQJobsError(.invalidConfiguration, "The relay's lease is \(lease): it must be more than nothing.")
        }
    }
}
