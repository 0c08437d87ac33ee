import SQJobsCore

/// Records enqueued jobs in the app's store, which is opened when the first one comes that stores its result.
struct StoreRecording: EnqueueMiddleware {
    private let stores: StoreConnection

    init(_ stores: StoreConnection) {
        self.stores = stores
    }

    func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        guard let recording = try await stores.recording(of: requests) else { return try await next(requests) }
        return try await recording.enqueue(requests, to: queue, next: next)
    }
}
