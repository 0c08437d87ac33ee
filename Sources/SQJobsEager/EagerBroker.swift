public import Logging
@_exported public import SQJobsCore

/// Runs jobs in place, in the task that enqueues them: for development, for tests, and for programs that have no queue.
///
/// ```swift
/// let broker = EagerBroker {
///     AdderJob()
/// }
/// let done = try await broker.enqueue(AdderJob.self, [1, 2, 3])
/// print(done.output)  // 6
/// ```
///
/// A job takes the way that it takes through a queue: its parameters are written as a message and read back, and the
/// attempt passes the same middleware, steps and hooks as in a worker. What differs is time: delays are ignored, and a
/// further attempt follows at once. A job that does not say how many attempts it has gets 25. Every queue exists, holds
/// messages of any size, and accepts groups and deduplication ids, which change nothing here.
///
/// Code that knows only `any Broker` runs jobs in place too. There the answer to a send says how the job went: a job
/// whose last attempt failed is an ``SQJobsError`` with code `jobFailed` whose underlying error is the job's.
public struct EagerBroker: Sendable {
    /// What an enqueued job passes through before it is run, outermost first.
    public var enqueueMiddleware: [any EnqueueMiddleware]
    /// The times that dates and time-outs are reckoned by.
    public let clock: JobClock

    /// Who is told of each step, if anyone.
    package var observer: (any StepObserver)?
    /// How many attempts any job has at most, whatever it says itself.
    package var attemptLimit: Int?

    var completions: EagerCompletions?
    private let jobs: JobRegistry
    private let middleware: [any ExecutionMiddleware]
    private let logger: Logger

    /// Makes a broker from a registry.
    ///
    /// - Parameters:
    ///   - jobs: The jobs that can be run. One that is enqueued and is not among them is an error.
    ///   - middleware: What each attempt passes through, outermost first.
    ///   - enqueueMiddleware: What an enqueued job passes through before it is run, outermost first.
    ///   - clock: The times that dates and time-outs are reckoned by.
    ///   - logger: Where it logs to.
    public init(
        jobs: JobRegistry, middleware: [any ExecutionMiddleware] = .standard,
        enqueueMiddleware: [any EnqueueMiddleware] = .standard, clock: JobClock = .system,
        logger: Logger = Logger(label: "sqjobs.eager")
    ) {
        self.jobs = jobs
        self.middleware = middleware
        self.enqueueMiddleware = enqueueMiddleware
        self.clock = clock
        self.logger = logger
    }

    /// Makes a broker from a list of jobs, as ``JobRegistry`` takes it.
    ///
    /// - Parameter jobs: The jobs, each as an expression that makes one, and registries to include.
    public init(@JobRegistryBuilder _ jobs: () -> [RegisteredJob]) {
        self.init(jobs: JobRegistry(jobs()))
    }

    /// Runs one message to its end.
    ///
    /// - Returns: What the job returned, and after how many attempts.
    /// - Throws: What failed the last attempt; ``SQJobsError`` when the message cannot be run.
    func run(
        _ message: OutgoingMessage, messageID: String, on queue: QueueName, _ capabilities: QueueCapabilities
    ) async throws -> EagerCompletion {
        try jobs.validate()
        let rejection = EagerRejection()
        var execution = Execution(jobs: jobs, middleware: middleware + [rejection], logger: logger, clock: clock)
        execution.observer = observer
        let sentAt = clock.now()
        var attempt = 0
        while true {
            attempt += 1
            let delivery = Delivery(
                messageID: messageID, receipt: "\(attempt)", queue: queue, body: message.body,
                attributes: message.attributes, receiveCount: attempt, sentAt: sentAt, group: message.group)
            let outcome = await execution.run(delivery, on: capabilities, EagerAttempt(clock: clock))
            switch outcome {
            case .success(let output):
                return EagerCompletion(output: output, attempts: attempt)
            case .retry, .failure:
                continue
            case .exhausted(let error):
                throw error
            case .cancelled:
                throw CancellationError()
            case .unneeded, .deferred:
                throw SQJobsError(
                    .notRun, "The job was not run: a middleware answered that it need not, or must not yet, be run.",
                    queue: queue)
            case nil:
                throw rejection.error
                    ?? SQJobsError(.unreadableMessage, "The message cannot be run.", queue: queue)
            }
        }
    }
}
