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
        let outcome: String
    }

    private let clock: JobClock
    private let counters = Mutex<[Key: Counter]>([:])
    private let timers = Mutex<[Key: Timer]>([:])

    /// Makes the middleware.
    ///
    /// - Parameter clock: What measures how long an attempt took.
    public init(clock: JobClock = .system) {
        self.clock = clock
    }

    /// Runs the attempt, counts and times it.
    public func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        if context.attempt == 1, let enqueuedAt = context.enqueuedAt {
            let wait = clock.now().timeIntervalSince(enqueuedAt)
            timer("sqjobs.job.wait", context).recordNanoseconds(Int64(max(0, wait) * 1e9))
        }
        let start = clock.elapsed()
        let outcome = await next()
        timer("sqjobs.job.duration", context).recordNanoseconds(Int64((clock.elapsed() - start) / .nanoseconds(1)))
        counter(context, outcome.label).increment()
        return outcome
    }

    /// Counts the message.
    public func unreadable(_ delivery: Delivery, _ error: SQJobsError) async {
        Counter(label: "sqjobs.messages.unreadable", dimensions: [("queue", delivery.queue.rawValue)]).increment()
    }

    private func counter(_ context: JobContext, _ outcome: String) -> Counter {
        let key = Key(job: context.name, queue: context.queue, outcome: outcome)
        return counters.withLock { counters in
            if let counter = counters[key] { return counter }
            let counter = Counter(
                label: "sqjobs.jobs.executed",
                dimensions: [("job", key.job), ("queue", key.queue.rawValue), ("outcome", outcome)])
            counters[key] = counter
            return counter
        }
    }

    private func timer(_ label: String, _ context: JobContext) -> Timer {
        let key = Key(job: context.name, queue: context.queue, outcome: label)
        return timers.withLock { timers in
            if let timer = timers[key] { return timer }
            let timer = Timer(label: label, dimensions: [("job", key.job), ("queue", key.queue.rawValue)])
            timers[key] = timer
            return timer
        }
    }
}
