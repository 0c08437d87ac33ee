public import Logging
public import ServiceLifecycle

/// Listens to queues and runs their jobs: as many at once as its configuration says, in as many processes as one likes.
///
/// ```swift
/// let worker = Worker(broker: broker, queues: ["my_queue"], jobs: jobs)
/// try await ServiceGroup(services: [worker], gracefulShutdownSignals: [.sigterm], logger: logger).run()
/// ```
///
/// A message is deleted only after its job succeeded or it was handed to where dead messages go, so a worker that is
/// killed at any instant loses nothing. Leases are renewed for as long as messages are held.
///
/// Jobs run on threads of the worker's own, so one that blocks its thread delays no other part of the worker. An
/// unstructured `Task {}` inside a job leaves those threads for Swift's own pool, where it must not block.
public final class Worker: Service {
    private let broker: any Broker
    private let queues: [WorkerQueue]
    private let execution: Execution
    private let configuration: WorkerConfiguration

    /// Makes a worker; it begins with ``run()``.
    ///
    /// - Parameters:
    ///   - broker: Where the queues are.
    ///   - queues: The queues to listen to, one or more, each once.
    ///   - jobs: The jobs that the worker knows.
    ///   - middleware: What each attempt passes through, outermost first.
    ///   - configuration: How the worker works.
    ///   - clock: The times that it reckons by.
    ///   - logger: Where it logs to.
    public init(
        broker: any Broker, queues: [WorkerQueue], jobs: JobRegistry,
        middleware: [any ExecutionMiddleware] = .standard, configuration: WorkerConfiguration = WorkerConfiguration(),
        clock: JobClock = .system, logger: Logger = Logger(label: "sqjobs.worker")
    ) {
        self.broker = broker
        self.queues = queues
        self.configuration = configuration
        execution = Execution(jobs: jobs, middleware: middleware, logger: logger, clock: clock)
    }

    /// Works until it is told to stop: by the graceful shutdown of its `ServiceGroup`, which lets running jobs finish
    /// within ``WorkerConfiguration/shutdownTimeout``; by the cancellation of its task, which does not wait for them; or
    /// by its queues being empty, if it is configured so. Returning means that it stopped in good order.
    ///
    /// - Throws: ``SQJobsError`` when it cannot begin: a queue does not exist, the broker cannot be reached, two jobs
    ///   have one name, the configuration cannot be used, or a middleware is not ready.
    public func run() async throws {
        let states = try await prepareQueues()
        for middleware in execution.middleware { try await middleware.prepare() }
        let session = WorkerSession(broker, states, execution, configuration)
        execution.logger.debug(
            "worker started",
            metadata: [
                "queues": "\(queues.map(\.name.rawValue).joined(separator: ", "))",
                "concurrency": "\(configuration.concurrency)",
            ])
        // Not a child task: the cancellation that asks it to hurry must not cancel what it still has to do.
        let work = Task { await session.run() }
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await work.value
            } onGracefulShutdown: {
                session.stop()
            }
        } onCancel: {
            session.hurry()
        }
        execution.logger.debug("worker stopped")
    }

    private func prepareQueues() async throws -> [QueueState] {
        try configuration.validate()
        try execution.jobs.validate()
        guard !queues.isEmpty else {
            throw SQJobsError(.invalidConfiguration, "The worker has no queue: name at least one to listen to.")
        }
        var states: [QueueState] = []
        for queue in queues {
            guard queue.weight >= 1 else {
                throw SQJobsError(
                    .invalidConfiguration,
                    "The weight of the queue “\(queue.name)” is \(queue.weight): it must be 1 or more.",
                    queue: queue.name)
            }
            guard !states.contains(where: { $0.name == queue.name }) else {
                throw SQJobsError(
                    .invalidConfiguration,
                    "The worker was given the queue “\(queue.name)” twice: name it once, with a weight.",
                    queue: queue.name)
            }
            states.append(QueueState(queue, try await broker.capabilities(of: queue.name)))
        }
        return states
    }
}
