import Logging

/// Writes a log line for each attempt: what it came to and how long it took, never its arguments.
public struct ExecutionLogging: ExecutionMiddleware {
    private let clock: JobClock

    /// Makes the middleware.
    ///
    /// - Parameter clock: What measures how long an attempt took.
    public init(clock: JobClock = .system) {
        self.clock = clock
    }

    /// Runs the attempt and logs its outcome: success at `info`, a failure that will be retried at `warning`, the last
    /// one at `error`.
    public func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        let start = clock.elapsed()
        let outcome = await next()
        let level = level(of: outcome)
        guard context.logLevel <= level else { return outcome }
        var metadata: Logger.Metadata = ["took": "\(milliseconds(clock.elapsed() - start)) ms"]
        switch outcome {
        case .failure(let error, .after(let delay)):
            metadata["error"] = "\(error)"
            metadata["next_attempt_in"] = "\(milliseconds(delay)) ms"
        case .failure(let error, .queueDefault), .exhausted(let error):
            metadata["error"] = "\(error)"
        case .retry(.after(let delay)), .deferred(let delay):
            metadata["next_attempt_in"] = "\(milliseconds(delay)) ms"
        case .cancelled(let reason):
            metadata["reason"] = "\(reason)"
        case .retry(.queueDefault), .success, .unneeded:
            break
        }
        context.logger.log(level: level, "job \(outcome.label)", metadata: metadata)
        return outcome
    }

    private func level(of outcome: JobOutcome) -> Logger.Level {
        switch outcome {
        case .success: .info
        case .retry, .unneeded, .deferred: .notice
        case .failure, .cancelled: .warning
        case .exhausted: .error
        }
    }

    private func milliseconds(_ duration: Duration) -> Int {
        Int(duration / .milliseconds(1))
    }
}
