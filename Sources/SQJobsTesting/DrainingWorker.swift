public import Logging
public import SQJobsCore
import Synchronization

/// A worker for an app's tests: a real one on a broker in memory, which runs all that is enqueued and returns, however long
/// delays and retries would take, for it moves the ``ManualClock`` on to them.
///
/// ```swift
/// let clock = ManualClock()
/// let broker = try InMemoryBroker("tickets", clock: clock.jobClock)
/// let worker = DrainingWorker(broker: broker, jobs: .ticketShop, clock: clock)
///
/// try await broker.enqueue(SendTicket.self, ticket, .delay(.seconds(3600)))
/// let attempts = try await worker.drain()
/// #expect(attempts.map(\.outcome.label) == ["failure", "success"], "\(attempts)")
/// ```
///
/// Time stands still while a job runs, so a job must not wait by the manual clock itself.
public struct DrainingWorker: Sendable {
    private let broker: InMemoryBroker
    private let jobs: JobRegistry
    private let middleware: [any ExecutionMiddleware]
    private let clock: ManualClock
    private let logger: Logger

    /// Makes a worker.
    ///
    /// - Parameters:
    ///   - broker: The broker, made with the same clock; the worker listens to all of its queues that a job names.
    ///   - jobs: The jobs that the worker knows.
    ///   - middleware: What each attempt passes through, outermost first.
    ///   - clock: The clock that is moved.
    ///   - logger: Where it logs to; nowhere unless given.
    public init(
        broker: InMemoryBroker, jobs: JobRegistry, middleware: [any ExecutionMiddleware] = .standard,
        clock: ManualClock, logger: Logger = Logger(label: "sqjobs.worker") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.broker = broker
        self.jobs = jobs
        self.middleware = middleware
        self.clock = clock
        self.logger = logger
    }

    /// Runs jobs until nothing is left that will come by itself.
    ///
    /// - Parameters:
    ///   - queues: The queues to listen to; every queue that a registered job names unless given.
    ///   - limit: How far the clock is moved at most; a day unless given. What is delayed for longer stays on its queue.
    ///   - patience: How long a job may run in real time; a minute unless given.
    /// - Returns: The attempts, in the order in which they ended.
    /// - Throws: ``SQJobsError`` when the worker cannot start, or with code `timedOut` when a job does not end.
    @discardableResult
    public func drain(
        _ queues: QueueName..., limit: Duration = .seconds(86400), patience: Duration = .seconds(60)
    ) async throws -> [DrainedAttempt] {
        let named = queues.isEmpty ? Array(Set(jobs.jobs.map(\.queue))) : queues
        let end = clock.elapsed + limit
        let record = DrainRecord()
        while true {
            try await runOnce(named.sorted { $0.rawValue < $1.rawValue }, record, patience)
            guard let next = try broker.nextDelayed(on: named), next <= end else { return record.attempts }
            await clock.advance(by: next - clock.elapsed)
        }
    }

    /// Runs what can be received now.
    private func runOnce(_ queues: [QueueName], _ record: DrainRecord, _ patience: Duration) async throws {
        var configuration = WorkerConfiguration()
        configuration.stopsWhenEmpty = true
        var present = broker
        present.countsDelayed = false
        let worker = Worker(
            broker: present, queues: queues.map { WorkerQueue($0) }, jobs: jobs,
            middleware: [record] + middleware, configuration: configuration, clock: clock.jobClock, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            group.addTask { try await moveClock(record, patience) }
            defer { group.cancelAll() }
            do {
                try await group.next()
            } catch {
                group.cancelAll()
                await letStop(&group)
                throw error
            }
        }
    }

    /// A worker that stops waits for its jobs by the clock, which has to go on for that.
    private func letStop(_ group: inout ThrowingTaskGroup<Void, any Error>) async {
        let moving = Task { [clock] in
            while !Task.isCancelled {
                if let deadline = clock.nextDeadline { await clock.advance(by: deadline - clock.elapsed) }
                try? await JobClock.system.sleep(.milliseconds(1))
            }
        }
        while let ended = await group.nextResult() { _ = ended }
        moving.cancel()
        await moving.value
    }

    /// Moves the clock to whatever the worker waits for, unless a job runs.
    private func moveClock(_ record: DrainRecord, _ patience: Duration) async throws {
        let real = JobClock.system
        var quietSince: Int?
        while true {
            try await real.sleep(.milliseconds(1))
            guard record.longestRun(at: real.elapsed()) < patience else {
                throw SQJobsError(
                    .timedOut,
                    "A job runs for longer than \(patience): it waits for something that does not come, such as the manual"
                        + " clock, which stands still while a job runs.")
            }
            let changes = record.changes
            guard record.isIdle, quietSince == changes, let deadline = clock.nextDeadline else {
                quietSince = changes
                continue
            }
            await clock.advance(by: deadline - clock.elapsed)
        }
    }
}
