import Logging
public import SQJobsCore
public import SQJobsPeriodic

extension Application {
    /// The app's worker, as the command `worker` runs it: with the app's jobs and middleware, recording results where a
    /// store is named. A line of the log says where it listens. Run it with ``serve(_:with:)``, beside a web server for
    /// example.
    ///
    /// - Parameters:
    ///   - queues: The queues to listen to. None: those of `SQJOBS_QUEUES`, else every queue that a registered job names.
    ///   - configuration: How it works; `nil` takes `SQJOBS_CONCURRENCY` and `SQJOBS_SHUTDOWN_TIMEOUT`.
    /// - Throws: ``SQJobsError``: `invalidConfiguration` when there is no queue or a variable cannot be used, and as
    ///   ``broker()`` and ``results()``.
    public func worker(
        _ queues: [WorkerQueue] = [], configuration: WorkerConfiguration? = nil
    ) async throws -> Worker {
        let queues = try workerQueues(queues)
        let configuration = try configuration ?? workerConfiguration()
        let worker = Worker(
            broker: try await broker(), queues: queues, jobs: jobs,
            middleware: middleware + (try await stores.workerMiddleware()), configuration: configuration,
            clock: clock, logger: logger)
        var metadata: Logger.Metadata = [
            "broker": "\(brokerURL)",
            "queues": "\(queues.map(Self.text).joined(separator: " "))",
            "concurrency": "\(configuration.concurrency)",
            "jobs": "\(jobs.jobs.map(\.name).joined(separator: " "))",
        ]
        if let store = await stores.url { metadata["store"] = "\(store)" }
        logger.notice("worker starts", metadata: metadata)
        return worker
    }

    /// The app's beater, as the command `beater` runs it: it fires the schedules of the store, and sends what waits there.
    /// Any number of them may run.
    ///
    /// - Parameter configuration: How it works; `nil` takes `SQJOBS_INTERVAL`.
    /// - Throws: ``SQJobsError``: `invalidConfiguration` when a variable cannot be used, and as ``broker()`` and
    ///   ``schedules()``.
    public func beater(configuration: BeaterConfiguration? = nil) async throws -> Beater {
        Beater(
            broker: try await broker(), store: try await stores.schedules(), jobs: jobs,
            configuration: try configuration ?? beaterConfiguration(), clock: clock, logger: logger)
    }

    /// What sends jobs that wait in the store until their queue can take them, as the command `worker` runs it where no
    /// beater does the same.
    ///
    /// - Returns: The relay; `nil` if no store is named, or the one that is keeps none.
    /// - Throws: ``SQJobsError``, as ``broker()`` and ``results()``.
    public func relay() async throws -> OutboxRelay? {
        guard let outbox = try await stores.outbox() else { return nil }
        return OutboxRelay(broker: try await broker(), outbox: outbox, clock: clock, logger: logger)
    }

    /// How a worker works, by its command's options, else by the environment.
    func workerConfiguration(
        concurrency: Int? = nil, shutdownTimeout: Duration? = nil
    ) throws -> WorkerConfiguration {
        var configuration = WorkerConfiguration()
        if let concurrency = try concurrency ?? settings.concurrency() { configuration.concurrency = concurrency }
        if let timeout = try shutdownTimeout ?? settings.shutdownTimeout() { configuration.shutdownTimeout = timeout }
        return configuration
    }

    /// How a beater works, by its command's options, else by the environment.
    func beaterConfiguration(queues: [QueueName] = [], interval: Duration? = nil) throws -> BeaterConfiguration {
        var configuration = BeaterConfiguration(queues: queues)
        if let interval = try interval ?? settings.interval() { configuration.interval = interval }
        return configuration
    }

    private func workerQueues(_ queues: [WorkerQueue]) throws -> [WorkerQueue] {
        if !queues.isEmpty { return queues }
        if let queues = try settings.queues(), !queues.isEmpty { return queues }
        let named = Set(jobs.jobs.map(\.queue)).sorted { $0.rawValue < $1.rawValue }
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
