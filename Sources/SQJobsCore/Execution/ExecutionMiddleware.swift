/// Something that every attempt passes through: logging, metrics, tracing, recording of results, an app's own error
/// reporting.
///
/// A middleware sees the outcome before the message is settled and before the hook of the outcome is called. It runs on
/// the jobs' own threads.
public protocol ExecutionMiddleware: Sendable {
    /// Makes ready. A worker calls it once, before it receives; unless a middleware says otherwise it does nothing.
    ///
    /// - Throws: What keeps the worker from starting.
    func prepare() async throws

    /// Handles one attempt.
    ///
    /// - Parameters:
    ///   - context: The job's id, name, queue, attempt and message.
    ///   - next: Runs the rest: further middleware, then `setUp`, `run` and `tearDown`. Call it once, or not at all to
    ///     answer ``JobOutcome/unneeded`` or ``JobOutcome/deferred(_:)``.
    /// - Returns: How the attempt ended: what `next` returned, unless the middleware decides otherwise.
    func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome

    /// Looks at a message that cannot be run, because it cannot be read or its job is not known here. It stays on its
    /// queue, to be buried by the queue's own rule.
    ///
    /// - Parameters:
    ///   - delivery: The message. Its body may hold secrets.
    ///   - error: Why it cannot be run.
    func unreadable(_ delivery: Delivery, _ error: SQJobsError) async
}

extension ExecutionMiddleware {
    /// Has nothing to make ready.
    public func prepare() async throws {}

    /// Ignores it.
    public func unreadable(_ delivery: Delivery, _ error: SQJobsError) async {}
}

extension [any ExecutionMiddleware] {
    /// What a worker starts with: tracing and metrics, which cost nothing until the app sets up either system, and a log
    /// line for each attempt.
    public static var standard: [any ExecutionMiddleware] {
        [ExecutionTracing(), ExecutionMetrics(), ExecutionLogging()]
    }
}
