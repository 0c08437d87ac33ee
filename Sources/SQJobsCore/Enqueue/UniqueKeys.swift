public import Logging

/// Frees the unique key of a job when a worker starts it, so that the next job with that key can be enqueued.
///
/// ```swift
/// app.middleware.append(UniqueKeys(store))
/// ```
public struct UniqueKeys: ExecutionMiddleware {
    private let outbox: any Outbox
    private let logger: Logger

    /// Makes the middleware.
    ///
    /// - Parameters:
    ///   - outbox: Where the keys are kept.
    ///   - logger: Where it logs to.
    public init(_ outbox: any Outbox, logger: Logger = Logger(label: "sqjobs.outbox")) {
        self.outbox = outbox
        self.logger = logger
    }

    /// Frees the job's key, if it has one, and runs the attempt.
    public func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        if let key = context.attributes[UniqueKey.attribute] {
            do {
                try await outbox.free([UniqueReservation(key: key, jobID: context.id)])
            } catch {
                logger.warning(
                    "a job's unique key could not be freed: it runs out in time",
                    metadata: ["job_id": "\(context.id)", "error": "\(error)"])
            }
        }
        return await next()
    }
}
