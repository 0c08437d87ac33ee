import SQJobsCore

extension SQLiteStore {
    /// The file as a broker. Every copy of it shares what is known of waiting receives, so one that is shut down is so for
    /// all.
    public var broker: SQLiteBroker {
        SQLiteBroker(store: self, signals: signals, watch: watch, known: knownQueues)
    }

    /// Does something for the broker; what goes wrong is told as a broker's error.
    func usingBroker<Value>(_ queue: QueueName?, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as SQJobsError {
            throw error.asBroker(queue)
        }
    }
}
