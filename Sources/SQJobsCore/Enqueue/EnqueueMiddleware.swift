/// Something that every enqueued job passes on its way to the queue: tracing, metrics, recording, an app's own.
///
/// A middleware may change the requests, answer some itself, and look at the answers on their way back. Jobs that are
/// enqueued together come together.
public protocol EnqueueMiddleware: Sendable {
    /// Handles jobs that are enqueued together on one queue.
    ///
    /// - Parameters:
    ///   - requests: The jobs.
    ///   - queue: The queue that they are going to.
    ///   - next: Passes requests on, towards the broker; it returns one answer for each of them, in order.
    /// - Returns: One answer for each request, in order.
    /// - Throws: ``SQJobsError`` when nothing can be said of any request.
    func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>]
}

extension [any EnqueueMiddleware] {
    /// What a broker starts with: tracing and metrics, which cost nothing until the app sets up either system.
    public static var standard: [any EnqueueMiddleware] { [EnqueueTracing(), EnqueueMetrics()] }
}
