import Foundation
public import Logging
public import SQJobsCore
public import ServiceLifecycle
import Synchronization

/// Enqueues jobs by their schedules: as many beaters as one likes on one store, without a leader.
///
/// ```swift
/// let beater = Beater(broker: broker, store: store, jobs: jobs)
/// try await ServiceGroup(services: [beater], gracefulShutdownSignals: [.sigterm], logger: logger).run()
/// ```
///
/// Each beat takes the schedules that are due, and writes their firings into the outbox and their next times in one
/// transaction; beside it a relay sends what is in the outbox. A beater that is killed anywhere loses nothing: another one
/// sends, with the same job id: exactly once where the queues are kept in the store, at least once elsewhere.
public final class Beater: Service {
    private let store: any ScheduleStore
    private let jobs: JobRegistry
    private let configuration: BeaterConfiguration
    private let clock: JobClock
    private let logger: Logger
    private let relay: OutboxRelay
    private let waker = Waker()
    private let machine: Mutex<BeaterStateMachine>

    /// Makes a beater; it begins with ``run()``.
    ///
    /// - Parameters:
    ///   - broker: Where the queues are.
    ///   - store: Where the schedules are kept.
    ///   - jobs: The jobs; those that are ``Scheduled`` have schedules of their own.
    ///   - configuration: How the beater works.
    ///   - clock: The times that it reckons by.
    ///   - logger: Where it logs to.
    public init(
        broker: any Broker, store: any ScheduleStore, jobs: JobRegistry,
        configuration: BeaterConfiguration = BeaterConfiguration(), clock: JobClock = .system,
        logger: Logger = Logger(label: "sqjobs.beater")
    ) {
        self.store = store
        self.jobs = jobs
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        relay = OutboxRelay(
            broker: broker, outbox: store, configuration: configuration.relayed, clock: clock, logger: logger)
        machine = Mutex(BeaterStateMachine(interval: configuration.interval, batch: configuration.batch))
    }

    /// Beats until it is told to stop: by the graceful shutdown of its `ServiceGroup` or by the cancellation of its task.
    /// Returning means that it stopped in good order.
    ///
    /// - Throws: ``SQJobsError`` when it cannot begin: two jobs have one name, a schedule cannot be used, the store cannot
    ///   be reached or its schema is not this program's.
    public func run() async throws {
        try configuration.validate()
        try await store.requireSchema()
        try await synchronise()
        logger.debug("beater started", metadata: ["interval": "\(configuration.interval)"])
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await work()
            } onGracefulShutdown: {
                self.stop()
            }
        } onCancel: {
            stop()
        }
        logger.debug("beater stopped")
    }

    /// Brings the store's schedules of registered jobs up to date.
    package func synchronise() async throws {
        try jobs.validate()
        let now = clock.now()
        let schedules = try jobs.jobs.compactMap { $0.type as? any Scheduled.Type }.map { try Schedule(of: $0) }
            .filter { configuration.queues.isEmpty || configuration.queues.contains($0.queue) }
        let drafts = try schedules.map { schedule in
            try schedule.validate()
            return ScheduleDraft(schedule, nextAt: try schedule.next(after: now))
        }
        guard let clash = try await store.synchronise(drafts, queues: configuration.queues).first else { return }
        throw SQJobsError(
            .duplicateSchedule,
            "The schedule “\(clash)” was added by hand and a registered job has the same name: remove it, or give it"
                + " another name.", job: clash)
    }

    /// Takes what is due, once.
    package func beat() async throws -> BeatReport {
        let now = clock.now()
        let (tolerance, logger) = (configuration.interval, logger)
        return try await store.beat(at: now, limit: configuration.batch, queues: configuration.queues) { due in
            due.beat(at: now, tolerance: tolerance, logger: logger)
        }
    }

    /// Sends what is in the outbox, once.
    ///
    /// - Returns: How many entries were claimed.
    package func relayOnce() async throws -> Int {
        try await relay.relay()
    }

    private func work() async {
        await withTaskGroup(of: Void.self) { group in
            if let wakeUps = store.wakeUps() {
                group.addTask { [relay, waker] in
                    for await _ in wakeUps {
                        waker.wake()
                        relay.wake()
                    }
                }
            }
            async let relaying: Void = relay.relayUntilStopped()
            await beatUntilStopped()
            relay.stop()
            // The relay ends its round; only what waits for wake-ups has to be told.
            await relaying
            group.cancelAll()
        }
    }

    private func beatUntilStopped() async {
        var action = BeaterStateMachine.Action.beat
        while true {
            switch action {
            case .beat:
                action = await carryOutBeat()
            case .sleep(let duration):
                await waker.sleep(duration, on: clock)
                action = machine.withLock { $0.woke() }
            case .finish:
                return
            }
        }
    }

    private func carryOutBeat() async -> BeaterStateMachine.Action {
        do {
            let report = try await beat()
            if report.firings > 0 { relay.wake() }
            return machine.withLock { $0.beatEnded(report, at: clock.now()) }
        } catch {
            let isFirst = machine.withLock { $0.isFirstFailure && $0.state != .stopped }
            if isFirst {
                logger.warning("the schedules cannot be looked at: trying again", metadata: ["error": "\(error)"])
            }
            return machine.withLock { $0.beatFailed() }
        }
    }

    private func stop() {
        machine.withLock { $0.stop() }
        waker.wake()
    }
}
