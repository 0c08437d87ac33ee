import Logging
import SQJobsTesting
import ServiceLifecycle
import Testing

@testable import SQJobsCore

/// A worker with everything around it: a broker in memory on a manual clock, jobs, and a log.
final class Theatre: Sendable {
    let clock = ManualClock()
    let broker: SpyBroker
    let play: Play
    let log = LogRecorder()
    let worker: Worker
    private let group: ServiceGroup
    private let isOver = Shared(false)
    private let task = Shared<Task<Void, any Error>?>(nil)

    init(
        _ play: Play = Play(), queues: [WorkerQueue] = ["stage"],
        settings: QueueSettings = QueueSettings(visibility: .seconds(30), maximumReceives: 5),
        middleware: [any ExecutionMiddleware] = [],
        _ configure: (inout WorkerConfiguration) -> Void = { _ in }
    ) throws {
        self.play = play
        var configuration = WorkerConfiguration()
        configure(&configuration)
        let memory = try InMemoryBroker(
            queues: Dictionary(queues.map { ($0.name, settings) }) { $1 }, clock: clock.jobClock)
        broker = SpyBroker(memory)
        let jobs = JobRegistry {
            PlayJob(play)
            ShortPlayJob(play)
            OnlyPlayJob(play)
            PatientPlayJob(play)
            ThricePlayJob(play)
            OpenPlayJob(play)
        }
        worker = Worker(
            broker: broker, queues: queues, jobs: jobs, middleware: middleware, configuration: configuration,
            clock: clock.jobClock, logger: log.logger)
        group = ServiceGroup(
            configuration: .init(
                services: [.init(service: worker, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Begins the worker's work.
    func open() {
        let running = Task { [group, isOver] in
            defer { isOver.change { $0 = true } }
            try await group.run()
        }
        task.change { $0 = running }
    }

    /// Begins, does something, and stops in good order.
    func perform(_ body: () async throws -> Void) async throws {
        open()
        do {
            try await body()
        } catch {
            cancel()
            throw error
        }
        try await close()
    }

    /// Tells the worker to stop, as SIGTERM would.
    func signal() async {
        await group.triggerGracefulShutdown()
    }

    /// Cancels the worker's task.
    func cancel() {
        task.value?.cancel()
    }

    /// Tells the worker to stop and sees it end.
    func close(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        await signal()
        try await end(sourceLocation: sourceLocation)
    }

    /// Sees the worker end by itself.
    func end(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await wait("the worker ends", step: .milliseconds(100), sourceLocation: sourceLocation) {
            self.isOver.value
        }
        try await task.value?.value
    }

    var hasEnded: Bool { isOver.value }

    /// Lets time go by in small steps until a condition holds; an issue if it does not within two real minutes.
    func wait(
        _ what: Comment, step: Duration = .milliseconds(50), sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: () async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + .seconds(120)
        while try await !condition() {
            try #require(ContinuousClock.now < end, what, sourceLocation: sourceLocation)
            await clock.advance(by: step)
            await rest()
        }
    }

    /// Lets a time go by, in steps that give the worker time to keep up.
    func pass(_ duration: Duration, step: Duration = .milliseconds(500)) async {
        let end = clock.elapsed + duration
        while clock.elapsed < end {
            await clock.advance(by: min(step, end - clock.elapsed))
            await rest()
        }
    }

    /// A moment for threads that the manual clock knows nothing of.
    private func rest() async {
        try? await Task.sleep(for: .milliseconds(1))
    }

    @discardableResult
    func enqueue(
        _ parts: String..., as job: PlayJob.Type = PlayJob.self, on queue: QueueName = "stage", group: String? = nil
    )
        async throws -> [String]
    {
        var ids: [String] = []
        for part in parts {
            var options: [EnqueueOption] = [.queue(queue)]
            if let group { options.append(.group(group)) }
            ids.append(try await enqueueOne(part, job, options))
        }
        return ids
    }

    private func enqueueOne(_ part: String, _ job: PlayJob.Type, _ options: [EnqueueOption]) async throws -> String {
        let envelope = EnqueueEnvelope(name: job.name, queue: job.queue, options: options)
        let answers: [Result<JobTicket<String>, SQJobsError>] = try await broker.enqueue(
            [JobArguments(encoding: part)], in: envelope)
        return try #require(try answers.first?.get().messageID)
    }

    func statistics(_ queue: QueueName = "stage") async throws -> QueueStatistics {
        try await #require(broker.administration).statistics(of: queue)
    }

    /// The releases that the worker made: delays by message id.
    var releases: [String: Duration] {
        broker.state.value.releases.reduce(into: [:]) { $0.merge($1) { $1 } }
    }
}
