import Instrumentation
import ServiceContextModule
import Tracing

/// Makes a span for each attempt, linked to the span that enqueued the job, through swift-distributed-tracing.
///
/// The trace context travels in the message's attributes (`traceparent`, by W3C's Trace Context, or whatever the app's
/// instrument writes). A redelivery is a new span with the same link.
public struct ExecutionTracing: ExecutionMiddleware {
    /// Makes the middleware.
    public init() {}

    /// Runs the attempt in a span named after the job, of kind `consumer`.
    public func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        guard !(InstrumentationSystem.instrument is NoOpInstrument) else { return await next() }
        var producer = ServiceContext.topLevel
        InstrumentationSystem.instrument.extract(
            context.attributes, into: &producer, using: TraceAttributes.Extractor())
        return await withSpan("\(context.name) execute", context: .topLevel, ofKind: .consumer) { span in
            span.addLink(SpanLink(context: producer, attributes: [:]))
            span.attributes["messaging.operation.type"] = "process"
            span.attributes["messaging.destination.name"] = context.queue.rawValue
            span.attributes["messaging.message.id"] = context.id
            span.attributes["sqjobs.job"] = context.name
            span.attributes["sqjobs.attempt"] = context.attempt
            let outcome = await next()
            span.attributes["sqjobs.outcome"] = outcome.label
            if let error = outcome.error {
                span.recordError(error)
                span.setStatus(SpanStatus(code: .error))
            }
            return outcome
        }
    }
}
