public import Logging
public import ServiceLifecycle
import Synchronization

import struct Foundation.Date

/// Sends what is due in an ``Outbox``. As many relays as one likes share an outbox; beaters have one within them, and every
/// worker that was given a store runs one beside it.
///
/// ```swift
/// let relay = OutboxRelay(broker: broker, outbox: store)
/// try await ServiceGroup(services: [worker, relay], gracefulShutdownSignals: [.sigterm], logger: logger).run()
/// ```
///
/// What a queue refuses stays in the outbox with the error, and is tried again with growing waits; it holds up nothing but
/// later entries of its own ordering key.
public final class OutboxRelay: Service {
    private let round: OutboxRound
    private let waker = Waker()
    private let isStopping = Mutex(false)

    private static let backoff = RetryPolicy.exponential(base: .milliseconds(200), cap: .seconds(10))

    /// Makes a relay; it begins with ``run()``.
    ///
    /// - Parameters:
    ///   - broker: Where the queues are.
    ///   - outbox: Where the entries wait.
    ///   - configuration: How the relay works.
    ///   - clock: The times that it reckons by.
    ///   - logger: Where it logs to.
    public init(
        broker: any Broker, outbox: any Outbox, configuration: RelayConfiguration = RelayConfiguration(),
        clock: JobClock = .system, logger: Logger = Logger(label: "sqjobs.outbox")
    ) {
        round = OutboxRound(
            outbox: outbox, broker: broker, configuration: configuration, clock: clock, logger: logger)
    }

    /// Relays until it is told to stop: by the graceful shutdown of its `ServiceGroup` or by the cancellation of its task.
    /// Returning means that what it was sending was sent or is still in the outbox.
    ///
    /// - Throws: ``SQJobsError`` when it cannot begin: the configuration cannot be used, or the schema is not this
    ///   program's.
    public func run() async throws {
        try round.configuration.validate()
        try await round.outbox.requireSchema()
        await withTaskGroup(of: Void.self) { group in
            if let wakeUps = round.outbox.wakeUps() {
                group.addTask { [waker] in for await _ in wakeUps { waker.wake() } }
            }
            await relayUntilStopped()
            group.cancelAll()
        }
    }

    /// Looks at once, instead of at the end of the interval.
    package func wake() {
        waker.wake()
    }

    /// Carries one round out.
    ///
    /// - Returns: How many entries were claimed.
    package func relay() async throws -> Int {
        try await round.carryOut()
    }

    /// Relays until it is told to stop; wakes only by ``wake()``.
    package func relayUntilStopped() async {
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await loop()
            } onGracefulShutdown: {
                self.stop()
            }
        } onCancel: {
            stop()
        }
    }

    /// Ends the relay after the round that is under way.
    package func stop() {
        isStopping.withLock { $0 = true }
        waker.wake()
    }

    private func loop() async {
        var failures = 0
        while !isStopping.withLock({ $0 }) {
            do {
                // What was sent may have been what its key's next entry waited for: another round sees.
                guard try await round.carryOut() == 0 else { continue }
                failures = 0
                await waker.sleep(try await pause(), on: round.clock)
            } catch {
                failures += 1
                if failures == 1, !isStopping.withLock({ $0 }) {
                    round.logger.warning(
                        "the outbox cannot be relayed: trying again", metadata: ["error": "\(error)"])
                }
                await waker.sleep(Self.wait(after: failures), on: round.clock)
            }
        }
    }

    /// How long nothing is to be done.
    private func pause() async throws -> Duration {
        let configuration = round.configuration
        let now = round.clock.now()
        guard let next = try await round.outbox.nextDue(after: now, queues: configuration.queues) else {
            return configuration.interval
        }
        return min(configuration.interval, max(.milliseconds(1), .seconds(next.timeIntervalSince(now))))
    }

    private static func wait(after failures: Int) -> Duration {
        guard case .after(let delay)? = backoff.delay(afterAttempt: failures, chance: Double.random(in: 0..<1)) else {
            return .seconds(1)
        }
        return delay
    }
}
