public import SQJobsCore

/// How a ``Beater`` works.
public struct BeaterConfiguration: Sendable, Hashable {
    /// How long it sleeps at most before it looks again. A firing that is late by more counts as missed.
    public var interval: Duration
    /// How many schedules it takes in one transaction.
    public var batch: Int
    /// The queues whose schedules it fires and whose entries it sends; all of them if there is none.
    public var queues: [QueueName]
    /// How many entries of the outbox it claims at once, and for how long.
    public var relay: RelayConfiguration

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - interval: How long the beater sleeps at most; 10 seconds unless given.
    ///   - batch: How many schedules it takes in one transaction; 500 unless given.
    ///   - queues: The queues whose schedules it fires and whose entries it sends; all of them unless given.
    ///   - relay: How the outbox is relayed; interval and queues are the beater's.
    public init(
        interval: Duration = .seconds(10), batch: Int = 500, queues: [QueueName] = [],
        relay: RelayConfiguration = RelayConfiguration()
    ) {
        self.interval = interval
        self.batch = batch
        self.queues = queues
        self.relay = relay
    }

    /// The relay's own configuration. Entries that are put off must not wait as long as schedules may.
    var relayed: RelayConfiguration {
        var configuration = relay
        configuration.interval = min(interval, relay.interval)
        configuration.queues = queues
        return configuration
    }

    /// Makes sure that the configuration can be used.
    ///
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` that shows the value.
    func validate() throws {
        guard interval > .zero else {
            throw SQJobsError(
                .invalidConfiguration, "The beater's interval is \(interval): it must be more than nothing.")
        }
        guard batch >= 1 else {
            throw SQJobsError(.invalidConfiguration, "The beater's batch is \(batch): it must be 1 or more.")
        }
    }
}
