import ArgumentParser
import Logging
import SQJobsCore
import SQJobsPeriodic
import ServiceLifecycle

/// `manage worker`: listens to queues and runs their jobs until it is told to stop.
struct WorkerCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Listen to queues and run their jobs.",
        discussion: """
            Runs until SIGTERM or SIGINT. Then running jobs may finish within the shutdown time-out; what is not done by \
            then goes back to its queue. A second signal skips the wait.

            Examples:
              worker mail                    one queue
              worker mail:3 reports          three jobs of mail for each one of reports
              worker mail --drain            stop once the queue is empty
              worker mail --concurrency 4    four jobs at once
              worker mail --store URL        record the results of jobs that store them
              worker mail --beat             fire schedules too, as `beater` does
            """)

    @Argument(
        help: ArgumentHelp(
            """
            The queues, each with a weight if it should get more than its even share: mail:3. Default: SQJOBS_QUEUES, \
            else every queue that a registered job names.
            """, valueName: "queue"),
        transform: QueueArgument.queue)
    var queues: [WorkerQueue] = []

    @Option(
        help: ArgumentHelp(
            "How many jobs run at once. Default: SQJOBS_CONCURRENCY, else \(WorkerConfiguration().concurrency).",
            valueName: "count"),
        transform: ConcurrencyArgument.count)
    var concurrency: Int?

    @Flag(help: "Stop once the queues hold nothing more.")
    var drain = false

    @Flag(help: "Be a beater too: fire the schedules of the store. Any number of workers and beaters may do so.")
    var beat = false

    @Option(
        help: ArgumentHelp(
            """
            How long running jobs may finish once the worker is told to stop: 30, 30s, 5m. Default: \
            SQJOBS_SHUTDOWN_TIMEOUT, else \(DurationArgument.text(WorkerConfiguration().shutdownTimeout)).
            """, valueName: "time"),
        transform: DurationArgument.duration)
    var shutdownTimeout: Duration?

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let queues = try queues(of: app)
        let configuration = try configuration(app.settings)
        let broker = try await app.broker()
        let worker = Worker(
            broker: broker, queues: queues, jobs: app.jobs,
            middleware: app.middleware + (try await app.stores.workerMiddleware()), configuration: configuration,
            clock: app.clock, logger: app.logger)
        var metadata: Logger.Metadata = [
            "broker": "\(app.brokerURL)",
            "queues": "\(queues.map(Self.text).joined(separator: " "))",
            "concurrency": "\(configuration.concurrency)",
            "jobs": "\(app.jobs.jobs.map(\.name).joined(separator: " "))",
        ]
        if let store = await app.stores.url { metadata["store"] = "\(store)" }
        app.logger.notice("worker starts", metadata: metadata)
        try await app.serve(worker, with: try await companion(of: app, broker).map { [$0] } ?? [])
    }

    /// What sends jobs that wait in the store: a beater, which fires schedules too, or a relay alone.
    private func companion(of app: Application, _ broker: any Broker) async throws -> (any Service)? {
        if beat {
            return Beater(
                broker: broker, store: try await app.stores.schedules(), jobs: app.jobs, clock: app.clock,
                logger: app.logger)
        }
        return try await app.stores.outbox().map {
            OutboxRelay(broker: broker, outbox: $0, clock: app.clock, logger: app.logger)
        }
    }

    private func configuration(_ settings: Settings) throws -> WorkerConfiguration {
        var configuration = WorkerConfiguration()
        if let concurrency = try concurrency ?? settings.concurrency() { configuration.concurrency = concurrency }
        if let timeout = try shutdownTimeout ?? settings.shutdownTimeout() { configuration.shutdownTimeout = timeout }
        configuration.stopsWhenEmpty = drain
        return configuration
    }

    private func queues(of app: Application) throws -> [WorkerQueue] {
        if !queues.isEmpty { return queues }
        if let queues = try app.settings.queues(), !queues.isEmpty { return queues }
        let named = Set(app.jobs.jobs.map(\.queue)).sorted { $0.rawValue < $1.rawValue }
        guard !named.isEmpty else {
            throw SQJobsError(
                .invalidConfiguration,
                "There is no queue to listen to, for no job is registered: name a queue, or register jobs.")
        }
        return named.map { WorkerQueue($0) }
    }

    private static func text(_ queue: WorkerQueue) -> String {
        queue.weight == 1 ? queue.name.rawValue : "\(queue.name):\(queue.weight)"
    }
}
