import SQJobsPeriodic

/// What a beater that will die sends through.
struct MortalSending: EnqueueMiddleware {
    let life: Life

    func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        try await life.carryOut(.send) { try await next(requests) }
    }
}
