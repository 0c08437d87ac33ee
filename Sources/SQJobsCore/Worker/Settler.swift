import Logging

/// Settles messages of one queue with the broker, collected into batches; what fails in a batch is tried again alone.
final class Settler: Sendable {

    private let broker: any Broker
    private let queue: QueueState
    private let clock: JobClock
    private let logger: Logger
    private let deletes: BatchCollector<Delivery, Result<Void, SQJobsError>>
    private let releases: BatchCollector<Release, Result<Void, SQJobsError>>

    /// How long a settlement waits for company.
    private static let linger = Duration.milliseconds(3)

    init(_ broker: any Broker, _ queue: QueueState, clock: JobClock, logger: Logger) {
        self.broker = broker
        self.queue = queue
        self.clock = clock
        self.logger = logger
        let missing = Result<Void, SQJobsError>.failure(
            SQJobsError(.unknownOutcome, "The broker did not answer for a message.", queue: queue.name))
        let size = queue.capabilities.batchSize
        deletes = BatchCollector(
            .init(count: size, linger: Self.linger, sendsLoneEntriesAtOnce: false), clock: clock, missing: missing
        ) { deliveries in
            await Self.answers(for: deliveries.count) { try await broker.delete(deliveries) }
        }
        releases = BatchCollector(
            .init(count: size, linger: Self.linger, sendsLoneEntriesAtOnce: false), clock: clock, missing: missing
        ) { releases in
            await Self.answers(for: releases.count) { try await broker.release(releases) }
        }
    }

    /// Settles a message; the closure is told whether that was done.
    func settle(_ delivery: Delivery, _ settlement: Settlement, done: @escaping @Sendable (Bool) -> Void) {
        switch settlement {
        case .delete:
            deletes.add(delivery) { answer in
                self.finish(answer, delivery, "deleted", done) {
                    await Self.answers(for: 1) { try await self.broker.delete([delivery]) }
                }
            }
        case .release(.after(let delay)):
            let release = Release(delivery, after: min(delay, queue.capabilities.longestRelease ?? delay))
            releases.add(release) { answer in
                self.finish(answer, delivery, "released", done) {
                    await Self.answers(for: 1) { try await self.broker.release([release]) }
                }
            }
        case .bury(let reason):
            bury(delivery, reason, done)
        case .release(.queueDefault), .leave:
            done(true)
        }
    }

    /// Sends what was collected so far.
    func flush() {
        deletes.flush()
        releases.flush()
    }

    private func bury(_ delivery: Delivery, _ reason: String, _ done: @escaping @Sendable (Bool) -> Void) {
        guard queue.capabilities.keepsDeadMessages else {
            logger.error(
                "job is dead and its queue keeps no dead messages: deleted",
                metadata: ["message_id": "\(delivery.messageID)", "queue": "\(queue.name)", "reason": "\(reason)"])
            return settle(delivery, .delete, done: done)
        }
        Task {
            let attempt: @Sendable () async -> [Result<Void, SQJobsError>] = {
                await Self.answers(for: 1) { try await self.broker.bury([delivery], reason: reason) }
            }
            let answer = await attempt().first ?? .success(())
            finish(answer, delivery, "buried", done, again: attempt)
        }
    }

    /// Ends a settlement, or tries it again alone for as long as the lease lasts.
    private func finish(
        _ answer: Result<Void, SQJobsError>, _ delivery: Delivery, _ what: String,
        _ done: @escaping @Sendable (Bool) -> Void,
        again: @escaping @Sendable () async -> [Result<Void, SQJobsError>]
    ) {
        guard case .failure(let error) = answer else { return done(true) }
        guard error.mayPass else { return giveUp(error, delivery, what, done) }
        Task {
            var error = error
            var pause = Duration.milliseconds(100)
            let end = clock.elapsed() + queue.visibility
            while error.mayPass, clock.elapsed() < end {
                guard case .failure(let next)? = await again().first else { return done(true) }
                error = next
                try? await clock.sleep(pause)
                pause = min(pause * 2, .seconds(5))
            }
            giveUp(error, delivery, what, done)
        }
    }

    private func giveUp(
        _ error: SQJobsError, _ delivery: Delivery, _ what: String, _ done: @Sendable (Bool) -> Void
    ) {
        logger.warning(
            "message could not be \(what): it will be delivered again",
            metadata: ["message_id": "\(delivery.messageID)", "queue": "\(queue.name)", "error": "\(error)"])
        done(false)
    }

    private static func answers(
        for count: Int, _ call: () async throws -> [Result<Void, SQJobsError>]
    ) async -> [Result<Void, SQJobsError>] {
        do {
            return try await call()
        } catch {
            let error =
                error as? SQJobsError
                ?? SQJobsError(.brokerUnavailable, "The broker could not be asked.", underlying: error)
            return Array(repeating: .failure(error), count: count)
        }
    }
}

extension SQJobsError {
    /// Whether the same call may succeed later.
    fileprivate var mayPass: Bool {
        switch code {
        case .leaseLost, .brokerRefused, .queueDoesNotExist, .unsupported, .shuttingDown: false
        default: true
        }
    }
}
