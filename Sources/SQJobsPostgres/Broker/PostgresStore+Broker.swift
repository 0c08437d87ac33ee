extension PostgresStore {
    /// The database as a broker. Every copy of it shares what is known of waiting receives, so one that is shut down is so
    /// for all.
    public var broker: PostgresBroker {
        PostgresBroker(queues, sender, clock: pool.clock)
    }
}
