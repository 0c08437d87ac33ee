package import Logging

import struct Foundation.Date

/// What happens to one delivery, in the order in which it is read aloud: decode, resolve, set up, run, tear down,
/// settle, report. Workers and eager mode share it.
package struct Execution: Sendable {
    package let jobs: JobRegistry
    package let middleware: [any ExecutionMiddleware]
    package let logger: Logger
    package let clock: JobClock
    /// Who is told of each step, if anyone.
    package var observer: (any StepObserver)?

    package init(jobs: JobRegistry, middleware: [any ExecutionMiddleware], logger: Logger, clock: JobClock) {
        self.jobs = jobs
        self.middleware = middleware
        self.logger = logger
        self.clock = clock
    }

    /// Runs a delivery and settles it.
    ///
    /// - Parameters:
    ///   - delivery: The message.
    ///   - capabilities: What its queue can do, which decides how many attempts there are.
    ///   - lease: What the worker knows of the message while it runs.
    /// - Returns: How the attempt ended; `nil` for a message that cannot be run.
    @discardableResult
    package func run(
        _ delivery: Delivery, on capabilities: QueueCapabilities, _ lease: some ExecutionLease
    ) async -> JobOutcome? {
        let run: any JobRunProtocol
        let context: JobContext
        do {
            (run, context) = try prepare(delivery, capabilities, lease)
        } catch {
            await reject(delivery, error, lease)
            return nil
        }
        let outcome = await pass(context, run, middleware[...], lease)
        guard await lease.settle(outcome.settlement) else { return outcome }
        await run.callHooks(of: outcome)
        return outcome
    }

    private func prepare(
        _ delivery: Delivery, _ capabilities: QueueCapabilities, _ lease: some ExecutionLease
    ) throws -> (any JobRunProtocol, JobContext) {
        let message = try MessageCodec.decode(delivery.body, messageID: delivery.messageID)
        let job = try jobs.job(named: message.name)
        let context = JobContext(
            message: message, queue: delivery.queue, attempt: delivery.receiveCount,
            limit: job.limit(receives: delivery.receiveCount, on: capabilities),
            enqueuedAt: delivery.sentAt ?? JobID.date(of: message.id),
            deadline: job.type.timeout.map { clock.now().addingTimeInterval($0 / .seconds(1)) },
            attributes: delivery.attributes, logger: logger, lease: lease,
            extendLease: { try await lease.extend(by: $0) })
        let run = job.makeRun()
        run.observer = observer
        try run.prepare(context)
        return (run, context)
    }

    /// Each middleware wraps the ones after it; the innermost call is the job itself.
    private func pass(
        _ context: JobContext, _ run: any JobRunProtocol, _ middleware: ArraySlice<any ExecutionMiddleware>,
        _ lease: some ExecutionLease
    ) async -> JobOutcome {
        guard let first = middleware.first else {
            let job = LentRun(run: run)
            if let timeout = run.timeout {
                context.setDeadline(clock.now().addingTimeInterval(timeout / .seconds(1)))
                lease.cancel(after: timeout)
            }
            return await lease.runCancellably { await job.run.perform { lease.cancellation } }
        }
        return await first.execute(context) {
            await pass(context, run, middleware.dropFirst(), lease)
        }
    }

    /// Sends a message that cannot be run back for a while that grows with its receive count, so that it never spins and
    /// its queue's own rule buries it.
    private func reject(_ delivery: Delivery, _ error: any Error, _ lease: some ExecutionLease) async {
        let error =
            error as? SQJobsError
            ?? SQJobsError(.unreadableMessage, "The message cannot be run.", queue: delivery.queue, underlying: error)
        logger.error(
            "message cannot be run",
            metadata: [
                "reason": "\(error)", "message_id": "\(delivery.messageID)", "queue": "\(delivery.queue)",
                "receives": "\(delivery.receiveCount)",
            ])
        for one in middleware { await one.unreadable(delivery, error) }
        _ = await lease.settle(.release(.after(Self.rejectionDelay(receives: delivery.receiveCount))))
    }

    /// Two seconds after the first receive, doubled with each further one, at most a quarter of an hour.
    static func rejectionDelay(receives: Int) -> Duration {
        .seconds(min(900, 1 << min(max(receives, 1), 10)))
    }
}

/// A run that another task has for a while.
private struct LentRun: @unchecked Sendable {
    // Sendable: the execution that lends it waits for the other task's end, so only one of them has it at a time.
    let run: any JobRunProtocol
}
