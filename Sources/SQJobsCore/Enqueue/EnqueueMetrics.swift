import Metrics
import Synchronization

/// Counts enqueued jobs, through swift-metrics: `sqjobs.jobs.enqueued`, a counter with the dimensions `job`, `queue` and
/// `outcome`, which is `sent` or `failed`.
public final class EnqueueMetrics: EnqueueMiddleware {
    private struct Key: Hashable {
        let job: String
        let queue: QueueName
        let isSent: Bool
    }

    private let counters = Mutex<[Key: Counter]>([:])

    /// Makes the middleware.
    public init() {}

    /// Passes the jobs on and counts the answers.
    public func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let answers: [Result<SentMessage, SQJobsError>]
        do {
            answers = try await next(requests)
        } catch {
            for request in requests { count(request, queue, isSent: false) }
            throw error
        }
        for (request, answer) in zip(requests, answers) {
            if case .success = answer {
                count(request, queue, isSent: true)
            } else {
                count(request, queue, isSent: false)
            }
        }
        return answers
    }

    private func count(_ request: EnqueueRequest, _ queue: QueueName, isSent: Bool) {
        let key = Key(job: request.message.name, queue: queue, isSent: isSent)
        let counter = counters.withLock { counters in
            if let counter = counters[key] { return counter }
            let counter = Counter(
                label: "sqjobs.jobs.enqueued",
                dimensions: [
                    ("job", key.job), ("queue", queue.rawValue), ("outcome", isSent ? "sent" : "failed"),
                ])
            counters[key] = counter
            return counter
        }
        counter.increment()
    }
}
