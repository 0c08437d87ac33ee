import SQJobsCore

/// Fetches something that is not ready at first: asks for another attempt, and succeeds then.
public final class RetryingJob: LoggedJob<NoParameters, Int> {
    override public class var name: String { "retrying_job" }
    override public class var queue: QueueName { "my_queue" }

    override public func run(_ parameters: NoParameters) async throws -> Int {
        guard context.attempt > 1 else { throw Retry(after: .seconds(1)) }
        return context.attempt
    }
}
