/// One job in a registry: what its class says of it, and how to make an instance.
public struct RegisteredJob: Sendable {
    /// The job's class.
    public let type: any JobProtocol.Type
    /// The name that stands in messages.
    public let name: String
    /// The queue that the job is sent to unless the enqueueing says otherwise.
    public let queue: QueueName

    /// Makes a fresh instance, ready to run one message. Nothing is decoded yet.
    package let makeRun: @Sendable () -> any JobRunProtocol

    /// Registers a job.
    ///
    /// - Parameter make: Makes a fresh instance for each message.
    public init<J: JobProtocol>(_ make: @escaping @Sendable () -> J) {
        type = J.self
        name = J.name
        queue = J.queue
        makeRun = { JobRun(make()) }
    }

    /// The name of the job's class.
    public var typeName: String { String(describing: type) }
}

extension RegisteredJob {
    /// When no attempt can follow: by the job's own limit of runs, the queue's of receives, or a policy of no retries.
    func limit(receives: Int, on capabilities: QueueCapabilities) -> AttemptLimit {
        AttemptLimit(
            isReached: type.retryPolicy == .never || capabilities.maximumReceives.map { receives >= $0 } ?? false,
            maximum: type.maximumAttempts ?? capabilities.defaultMaximumAttempts)
    }
}
