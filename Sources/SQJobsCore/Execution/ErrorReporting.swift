/// The place for an app's error reporting: hands every failed attempt, and every message that cannot be run, to a
/// closure.
///
/// ```swift
/// app.middleware.append(
///     ErrorReporting { report in
///         await sentry.capture(report.error, tags: ["job": report.job ?? "", "attempt": "\(report.attempt)"])
///     })
/// ```
public struct ErrorReporting: ExecutionMiddleware {
    private let report: @Sendable (FailureReport) async -> Void

    /// Reports failures.
    ///
    /// - Parameter report: Called with each failure, before its message is settled; what it takes, the message waits.
    public init(_ report: @escaping @Sendable (FailureReport) async -> Void) {
        self.report = report
    }

    /// Runs the attempt and reports its error, if it has one.
    public func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        let outcome = await next()
        guard let error = outcome.error else { return outcome }
        var isFinal = false
        if case .exhausted = outcome { isFinal = true }
        await report(
            FailureReport(
                error: error, job: context.name, id: context.id, queue: context.queue, attempt: context.attempt,
                isFinal: isFinal))
        return outcome
    }

    /// Reports the message.
    public func unreadable(_ delivery: Delivery, _ error: SQJobsError) async {
        await report(
            FailureReport(
                error: error, job: error.job, id: delivery.messageID, queue: delivery.queue,
                attempt: delivery.receiveCount, isFinal: false))
    }
}
