import SQJobsConformance
import SQJobsSQLite
import SQJobsTesting

/// The broker in a file on a manual clock, as the conformance cases want it.
struct SQLiteBrokerHarness: BrokerHarness {
    /// Everything but a limit on delays.
    static let features = Set(BrokerFeature.allCases).subtracting([.delayLimit])

    let file: TemporaryFile
    let clock = ManualClock()
    let broker: any Broker

    init() async throws {
        file = try TemporaryFile()
        let store = try SQLiteStore(path: file.path, clock: clock.jobClock)
        try await store.migrate()
        broker = store.broker
    }

    var features: Set<BrokerFeature> { Self.features }

    var smallestVisibility: Duration { .seconds(1) }

    func makeQueue(_ settings: QueueSettings) async throws -> QueueName {
        let queue = QueueName("queue-\(JobID.make(at: clock.jobClock.now()))")
        try await broker.administration?.create(queue, settings)
        return queue
    }

    func advance(by duration: Duration) async throws {
        await clock.advance(by: duration)
    }
}
