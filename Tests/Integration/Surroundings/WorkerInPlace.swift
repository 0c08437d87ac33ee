import Logging
import SQJobsCore
import ServiceLifecycle

/// A worker in this process.
struct WorkerInPlace {
    let broker: any Broker
    let queues: [QueueName]
    let jobs: JobRegistry
    var concurrency = 8
    var middleware: [any ExecutionMiddleware] = .standard
    var logger = Logger(label: "integration") { _ in SwiftLogNoOpLogHandler() }

    /// Runs the worker for as long as the body lasts, then stops it in good order.
    func run<Result>(while body: () async throws -> Result) async throws -> Result {
        var configuration = WorkerConfiguration()
        configuration.concurrency = concurrency
        configuration.shutdownTimeout = .seconds(5)
        let worker = Worker(
            broker: broker, queues: queues.map { WorkerQueue($0) }, jobs: jobs, middleware: middleware,
            configuration: configuration, logger: logger)
        let group = ServiceGroup(services: [worker], logger: Logger(label: "group") { _ in SwiftLogNoOpLogHandler() })
        let running = Task { try await group.run() }
        do {
            let result = try await body()
            await group.triggerGracefulShutdown()
            try await running.value
            return result
        } catch {
            await group.triggerGracefulShutdown()
            try await running.value
            throw error
        }
    }
}

extension WorkerInPlace {
    init(
        broker: any Broker, queue: QueueName, jobs: JobRegistry, concurrency: Int = 8,
        middleware: [any ExecutionMiddleware] = .standard,
        logger: Logger = Logger(label: "integration") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.init(
            broker: broker, queues: [queue], jobs: jobs, concurrency: concurrency, middleware: middleware,
            logger: logger)
    }
}
