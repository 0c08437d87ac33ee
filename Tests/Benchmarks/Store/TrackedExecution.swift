import Foundation
import Logging
import SQJobsSQLite
import SQJobsSQS
import Synchronization

/// Times a worker with no-op jobs, until every one of them is settled.
struct TrackedExecution {
    let endpoint: String
    let count: Int
    let concurrency: Int
    /// Where their results are recorded; `nil` for nowhere.
    let store: (any ResultStore)?

    func seconds() async throws -> Double {
        var broker = try await SQSBroker(
            region: "us-east-1", endpoint: endpoint,
            credentials: SQSCredentials(accessKeyID: "bench", secretAccessKey: "bench"))
        try await broker.administration?.create("bench", QueueSettings())
        let jobs = JobRegistry { TrackedJob() }
        var logger = Logger(label: "store-bench")
        logger.logLevel = .warning
        var middleware: [any ExecutionMiddleware] = .standard
        if let store {
            broker.enqueueMiddleware.append(EnqueueRecording(store, jobs: jobs))
            middleware.append(ExecutionRecording(store, jobs: jobs))
        }
        for _ in 0..<count / 500 {
            let answers = try await broker.enqueue(TrackedJob.self, batch: Array(repeating: [1, 2, 3, 4], count: 500))
            for answer in answers { _ = try answer.get() }
        }
        TrackedJob.expected.store(count / 500 * 500, ordering: .relaxed)
        var configuration = WorkerConfiguration()
        configuration.concurrency = concurrency
        let worker = Worker(
            broker: broker, queues: ["bench"], jobs: jobs, middleware: middleware, configuration: configuration,
            logger: logger)
        let start = ContinuousClock.now
        let work = Task { try await worker.run() }
        for await _ in TrackedJob.done.stream {}
        let seconds = start.duration(to: .now) / .seconds(1)
        work.cancel()
        try await work.value
        await broker.shutdown()
        await store?.shutdown()
        return seconds
    }
}
