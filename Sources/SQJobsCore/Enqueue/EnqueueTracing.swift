import Instrumentation
import ServiceContextModule
import Tracing

/// Makes a span for each enqueueing, through swift-distributed-tracing, and puts its context into the messages'
/// attributes, so that the attempts' spans can be linked to it.
public struct EnqueueTracing: EnqueueMiddleware {
    /// Makes the middleware.
    public init() {}

    /// Passes the jobs on in a span named after the first, of kind `producer`.
    public func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let instrument = InstrumentationSystem.instrument
        guard let first = requests.first, !(instrument is NoOpInstrument) else { return try await next(requests) }
        return try await withSpan("\(first.message.name) enqueue", ofKind: .producer) { span in
            span.attributes["messaging.operation.type"] = "send"
            span.attributes["messaging.destination.name"] = queue.rawValue
            span.attributes["messaging.batch.message_count"] = requests.count
            if requests.count == 1 { span.attributes["messaging.message.id"] = first.message.id }
            var traced = requests
            for index in traced.indices {
                instrument.inject(span.context, into: &traced[index].attributes, using: TraceAttributes.Injector())
            }
            return try await next(traced)
        }
    }
}
