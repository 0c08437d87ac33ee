import SQJobsCore

/// A step of enqueueing that needs the app's store, which is opened when the first job comes that has to do with it.
struct StoreStep: EnqueueMiddleware {
    private let middleware: @Sendable ([EnqueueRequest]) async throws -> (any EnqueueMiddleware)?

    /// Makes a step.
    ///
    /// - Parameter middleware: What the step is for some jobs; `nil` if it has nothing to do with them.
    init(_ middleware: @escaping @Sendable ([EnqueueRequest]) async throws -> (any EnqueueMiddleware)?) {
        self.middleware = middleware
    }

    func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        guard let middleware = try await middleware(requests) else { return try await next(requests) }
        return try await middleware.enqueue(requests, to: queue, next: next)
    }
}
