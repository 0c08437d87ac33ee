import ArgumentParser
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
        var configuration = try app.workerConfiguration(concurrency: concurrency, shutdownTimeout: shutdownTimeout)
        configuration.stopsWhenEmpty = drain
        let worker = try await app.worker(queues, configuration: configuration)
        try await app.serve(worker, with: try await companion(of: app).map { [$0] } ?? [])
    }

    /// What sends jobs that wait in the store: a beater, which fires schedules too, or a relay alone.
    private func companion(of app: Application) async throws -> (any Service)? {
        if beat { return try await app.beater() }
        return try await app.relay()
    }
}
