/// How a worker works; the defaults suit most.
public struct WorkerConfiguration: Sendable, Hashable {
    /// How many jobs run at once; 16 unless set. Hooks of an outcome run after the message is settled, when the next
    /// job may already have begun.
    public var concurrency = 16

    /// How many receives of one queue run at once while it is busy; 16 unless set. An idle queue has one.
    public var receivers = 16

    /// How long running jobs may go on once the worker is told to stop; 25 seconds unless set, which is below the 30
    /// that Kubernetes waits before it kills.
    public var shutdownTimeout = Duration.seconds(25)

    /// Whether the worker stops once its queues hold nothing more: no message waiting, delayed or in flight.
    public var stopsWhenEmpty = false

    /// The default configuration.
    public init() {}

    /// Makes sure that the configuration can be used.
    ///
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` that names the setting and shows its value.
    func validate() throws {
        guard concurrency >= 1 else { throw Self.invalid("concurrency", concurrency, "1 or more") }
        guard receivers >= 1 else { throw Self.invalid("receivers", receivers, "1 or more") }
        guard shutdownTimeout >= .zero else { throw Self.invalid("shutdownTimeout", shutdownTimeout, "zero or more") }
    }

    private static func invalid(_ setting: String, _ value: some Any, _ expected: String) -> SQJobsError {
        SQJobsError(.invalidConfiguration, "The worker's \(setting) is \(value): it must be \(expected).")
    }
}
