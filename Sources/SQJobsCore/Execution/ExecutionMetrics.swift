import Metrics
import Synchronization

import struct Foundation.Date

/// Counts attempts by job, queue and outcome, and times them, through swift-metrics.
///
/// The metrics are `sqjobs.jobs.executed` (a counter with the dimensions `job`, `queue`, `outcome`),
/// `sqjobs.job.duration` and `sqjobs.job.wait` (timers with `job`, `queue`: how long the attempt took, and how long the
/// message had waited when its first attempt began), and `sqjobs.messages.unreadable` (a counter with `queue`).
public final class ExecutionMetrics: ExecutionMiddleware {
    private struct Key: Hashable {
        let job: String
        let queue: QueueName
    }

    /// The metrics of one job on one queue.
    private struct Instruments {
        let wait: Timer
        let duration: Timer
        /// By the outcome's label.
        var executed: [String: Counter] = [:]
    }

    private let clock: JobClock
    private let instruments = Mutex<[Key: Instruments]>([:])

    /// Makes the middleware.
    ///
    /// - Parameter clock: What measures how long an attempt took.
    public init(clock: JobClock = .system) {
        self.clock = clock
    }

    /// Runs the attempt, counts and times it.
    public func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        let began = clock.now()
        let start = clock.elapsed()
        let outcome = await next()
        let took = clock.elapsed() - start
        let (instruments, executed) = instruments(of: context, outcome.label)
        if context.attempt == 1, let enqueuedAt = context.enqueuedAt {
            instruments.wait.recordNanoseconds(Int64(max(0, began.timeIntervalSince(enqueuedAt)) * 1e9))
        }
        instruments.duration.recordNanoseconds(Int64(took / .nanoseconds(1)))
        executed.increment()
        return outcome
    }

    /// Counts the message.
    public func unreadable(_ delivery: Delivery, _ error: SQJobsError) async {
        Counter(label: "sqjobs.messages.unreadable", dimensions: [("queue", delivery.queue.rawValue)]).increment()
    }

    private func instruments(of context: JobContext, _ outcome: String) -> (Instruments, Counter) {
        let key = Key(job: context.name, queue: context.queue)
        return instruments.withLock { all in
            if let found = all[key], let counter = found.executed[outcome] { return (found, counter) }
            let dimensions = [("job", key.job), ("queue", key.queue.rawValue)]
            var found =
                all[key]
                ?? Instruments(
                    wait: Timer(label: "sqjobs.job.wait", dimensions: dimensions),
                    duration: Timer(label: "sqjobs.job.duration", dimensions: dimensions))
            let counter = Counter(label: "sqjobs.jobs.executed", dimensions: dimensions + [("outcome", outcome)])
            found.executed[outcome] = counter
            all[key] = found
            return (found, counter)
        }
    }
}
