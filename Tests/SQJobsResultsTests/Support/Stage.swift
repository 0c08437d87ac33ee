import Logging
import SQJobsTesting
import ServiceLifecycle
import Testing

@testable import SQJobsResults

/// A worker that records, with everything around it: a queue and a store in memory on one manual clock.
final class Stage: Sendable {
    let clock = ManualClock()
    let script: Script
    let store: SwitchedStore
    let broker: InMemoryBroker
    let results: Results
    let jobs: JobRegistry
    let options: RecordingOptions
    private let silence = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init(
        _ script: Script = Script(),
        settings: QueueSettings = QueueSettings(visibility: .seconds(30), maximumReceives: 100),
        _ configure: (inout RecordingOptions) -> Void = { _ in }
    ) throws {
        self.script = script
        store = SwitchedStore(InMemoryResultStore(clock: clock.jobClock))
        results = Results(store, clock: clock.jobClock)
        jobs = JobRegistry {
            ScriptedJob(script)
            ThriceJob(script)
            ShortJob(script)
            StateJob()
            OutputJob()
            EndlessJob()
            PlainJob()
        }
        var options = RecordingOptions()
        configure(&options)
        self.options = options
        var broker = try InMemoryBroker(queues: ["stage": settings], clock: clock.jobClock)
        broker.enqueueMiddleware = [
            EnqueueRecording(store, jobs: jobs, options: options, clock: clock.jobClock, logger: silence)
        ]
        self.broker = broker
    }

    /// A recording as each worker has its own.
    func makeRecording() -> ExecutionRecording {
        ExecutionRecording(store, jobs: jobs, options: options, clock: clock.jobClock, logger: silence)
    }

    /// Runs a worker for as long as the body lasts, then stops it in good order.
    func perform(shutdownTimeout: Duration = .seconds(25), _ body: () async throws -> Void) async throws {
        var configuration = WorkerConfiguration()
        configuration.shutdownTimeout = shutdownTimeout
        let worker = Worker(
            broker: broker, queues: ["stage"], jobs: jobs, middleware: [makeRecording()], configuration: configuration,
            clock: clock.jobClock, logger: silence)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: worker, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: silence))
        let isOver = Noted<Bool>()
        let running = Task {
            defer { isOver.note(true) }
            try await group.run()
        }
        do {
            try await body()
        } catch {
            running.cancel()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await wait("the worker ends", step: .milliseconds(100)) { !isOver.all.isEmpty }
        try await running.value
    }

    /// Lets time go by in small steps until a condition holds; an issue if it does not within a real minute.
    func wait(
        _ what: Comment, step: Duration = .milliseconds(50), sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: () async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + .seconds(60)
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

    func status(_ id: String) async throws -> JobStatus? {
        try await store.memory.statuses(of: [try ResultID(of: id)])[0]
    }

    func wait(for id: String, _ state: JobState, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await wait("\(id) becomes \(state)", sourceLocation: sourceLocation) {
            try await self.status(id)?.state == state
        }
    }

    func waitUntilEmpty(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await wait("the queue is empty", sourceLocation: sourceLocation) { try await self.statistics().isEmpty }
    }

    func statistics() async throws -> QueueStatistics {
        try await #require(broker.administration).statistics(of: "stage")
    }

    var runs: [String] { script.steps.all.filter { $0.hasPrefix("run") } }
}
