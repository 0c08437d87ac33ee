import SQJobsCore
import Synchronization

/// Keeps the reason for which a message cannot be run. A queue would bury such a message; in place it is an error.
final class EagerRejection: ExecutionMiddleware {
    private let reason = Mutex<SQJobsError?>(nil)

    var error: SQJobsError? { reason.withLock(\.self) }

    func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        await next()
    }

    func unreadable(_ delivery: Delivery, _ error: SQJobsError) async {
        reason.withLock { $0 = error }
    }
}
