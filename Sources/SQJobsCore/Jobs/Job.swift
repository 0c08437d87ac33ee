/// A piece of work that a worker does later: subclass it, say what it takes and returns, and override ``run(_:)``.
///
/// ```swift
/// final class AdderJob: Job<[Int], Int> {
///     override class var name: String { "adder_job" }
///     override class var queue: QueueName { "my_queue" }
///
///     override func run(_ numbers: [Int]) async throws -> Int {
///         numbers.reduce(0, +)
///     }
/// }
/// ```
///
/// One instance runs one message and is then let go, so stored properties are a safe place for what `setUp` prepares.
/// Delivery is at least once: `run` must be idempotent.
open class Job<Parameters: Codable & Sendable, Output: Sendable>: JobProtocol {
    private var attached: JobContext?

    /// Makes a job; override or overload it to take what the job needs.
    public init() {}

    /// The name that stands in messages; the class's name unless overridden. It must be unique among an app's jobs and
    /// stay the same while messages with it are on their way.
    open class var name: String { String(describing: Self.self) }

    /// The queue that the job is sent to unless the enqueueing says otherwise; `sqjobs` unless overridden.
    open class var queue: QueueName { "sqjobs" }

    /// How long to wait after a failed attempt; exponential unless overridden.
    open class var retryPolicy: RetryPolicy { .exponential() }

    /// How long one attempt may take, `setUp` to `tearDown`; no limit unless overridden. The attempt's task is
    /// cancelled then, and counts as failed once it returned.
    open class var timeout: Duration? { nil }

    /// How many attempts there are at most. Unless overridden the queue decides: on Amazon SQS its redrive policy.
    open class var maximumAttempts: Int? { nil }

    /// Whether the job's arguments may stand in logs; never unless overridden.
    open class var logsParameters: Bool { false }

    /// Where the job is: its id, queue, attempt, deadline and logger. An instance that no worker runs has an empty one.
    public final var context: JobContext { attached ?? .unattached }

    /// Gives the job its context. A worker calls it before any hook; a test may call it to run a job by hand.
    ///
    /// - Parameter context: Where the job is.
    public final func attach(_ context: JobContext) {
        attached = context
    }

    /// Prepares the attempt. What it throws fails the attempt; `tearDown` is not called then.
    ///
    /// - Parameter parameters: What the job was enqueued with.
    open func setUp(_ parameters: Parameters) async throws {}

    /// Does the work. Throw ``Retry`` for another attempt, ``Discard`` when none can help; any other error fails the
    /// attempt and follows ``retryPolicy``.
    ///
    /// - Parameter parameters: What the job was enqueued with.
    /// - Returns: The job's output.
    /// - Throws: ``SQJobsError`` with code `jobWithoutRun` when a job does not override it.
    open func run(_ parameters: Parameters) async throws -> Output {
        throw SQJobsError(
            .jobWithoutRun, "The job “\(Self.name)” does nothing: override run(_:) in \(Self.self).", job: Self.name)
    }

    /// Cleans up whenever `setUp` returned, also when `run` threw. If both throw, `run`'s error counts.
    ///
    /// - Parameter parameters: What the job was enqueued with.
    open func tearDown(_ parameters: Parameters) async throws {}

    /// Called once the job succeeded and its message was deleted. An error in it is logged and changes nothing.
    ///
    /// - Parameter output: What `run` returned.
    open func onSuccess(_ output: Output) async throws {}

    /// Called after each failed attempt. An error in it is logged and changes nothing.
    ///
    /// - Parameter error: What failed the attempt.
    open func onFailure(_ error: any Error) async throws {}

    /// Called after the job threw ``Retry``. An error in it is logged and changes nothing.
    open func onRetry() async throws {}

    /// Called after `onFailure` when no attempt will follow. An error in it is logged and changes nothing.
    ///
    /// - Parameter error: What failed the last attempt.
    open func onExhausted(_ error: any Error) async throws {}
}
