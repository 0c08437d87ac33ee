/// What every job has: the protocol behind ``Job``, for code that works with any job's type.
///
/// Apps subclass ``Job``; nothing is gained by conforming to this protocol directly.
public protocol JobProtocol<Parameters, Output>: AnyObject, SendableMetatype {
    /// What the job is given; it travels as JSON.
    associatedtype Parameters: Codable & Sendable
    /// What the job returns.
    associatedtype Output: Sendable

    /// The name that stands in messages; unique among an app's jobs.
    static var name: String { get }
    /// The queue that the job is sent to unless the enqueueing says otherwise.
    static var queue: QueueName { get }
    /// How long to wait after a failed attempt.
    static var retryPolicy: RetryPolicy { get }
    /// How long one attempt may take, `setUp` to `tearDown`; `nil` for as long as it likes.
    static var timeout: Duration? { get }
    /// How many attempts there are at most; `nil` leaves it to the queue.
    static var maximumAttempts: Int? { get }
    /// Whether the job's arguments may stand in logs.
    static var logsParameters: Bool { get }

    /// Where the job is: its id, queue, attempt, deadline and logger.
    var context: JobContext { get }
    /// Gives the job its context, before any hook.
    func attach(_ context: JobContext)

    /// Prepares the attempt.
    func setUp(_ parameters: Parameters) async throws
    /// Does the work.
    func run(_ parameters: Parameters) async throws -> Output
    /// Cleans up; called whenever `setUp` returned, also when `run` threw.
    func tearDown(_ parameters: Parameters) async throws
    /// Called after the message of a job that succeeded was deleted.
    func onSuccess(_ output: Output) async throws
    /// Called after each attempt that failed.
    func onFailure(_ error: any Error) async throws
    /// Called after the job asked for another attempt by throwing ``Retry``.
    func onRetry() async throws
    /// Called when no attempt will follow, after `onFailure`.
    func onExhausted(_ error: any Error) async throws
}
