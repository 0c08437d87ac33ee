import SQJobsCore

/// Never succeeds: after its second attempt it goes where dead messages go.
public final class FailingJob: LoggedJob<NoParameters, Void> {
    /// What is wrong with it.
    public struct PrinterOnFire: Error, CustomStringConvertible {
        /// For logs.
        public var description: String { "the printer is on fire" }
    }

    override public class var name: String { "failing_job" }
    override public class var queue: QueueName { "my_queue" }
    override public class var maximumAttempts: Int? { 2 }
    override public class var retryPolicy: RetryPolicy { .constant(.seconds(1)) }

    override public func run(_ parameters: NoParameters) async throws {
        throw PrinterOnFire()
    }
}
