import Foundation
import Logging
import SQJobsSQLite
import SQJobsTesting

/// A worker whose queue holds one job. The queue is its own and the store is shared, as when a broker delivers one
/// message to two workers.
struct SlowWork {
    let path: String
    let id: String
    let gate: String

    private static let lease = Duration.seconds(1)

    func run() async throws {
        let store = try SQLiteStore(path: path)
        let broker = try InMemoryBroker(SlowJob.queue, settings: QueueSettings(maximumReceives: 1000))
        try await broker.enqueue(SlowJob.self, gate, .id(id))
        let jobs = JobRegistry { SlowJob() }
        var options = RecordingOptions()
        options.lease = Self.lease
        var configuration = WorkerConfiguration()
        configuration.stopsWhenEmpty = true
        let worker = Worker(
            broker: broker, queues: [WorkerQueue(SlowJob.queue)], jobs: jobs,
            middleware: [OutcomeTeller(), ExecutionRecording(store, jobs: jobs, options: options)],
            configuration: configuration)
        try await worker.run()
    }
}

/// A job that ends once a file is there, or it is cancelled, and says when it starts and ends; its output is the number
/// of its attempt.
final class SlowJob: ResultJob<String, Int> {
    override class var name: String { "slow" }
    override class var queue: QueueName { "slow" }

    override func run(_ gate: String) async throws -> Int {
        SQLiteWorker.say("start \(context.attempt)")
        while !Task.isCancelled, !FileManager.default.fileExists(atPath: gate) {
            try? await JobClock.system.sleep(.milliseconds(10))
        }
        SQLiteWorker.say("end \(context.attempt)")
        return context.attempt
    }
}

/// Says how each attempt ended.
struct OutcomeTeller: ExecutionMiddleware {
    func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        let outcome = await next()
        SQLiteWorker.say("outcome \(outcome.label)")
        return outcome
    }
}
