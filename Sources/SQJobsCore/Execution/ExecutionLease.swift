/// What an execution needs of whoever holds its message: a worker, or eager mode.
package protocol ExecutionLease: Sendable {
    /// Why the attempt was cancelled; `nil` while it was not.
    var cancellation: CancellationReason? { get }

    /// Runs what is cancelled when the attempt is: the job itself, neither the middleware around it nor the hooks after it.
    func runCancellably(_ work: @escaping @Sendable () async -> JobOutcome) async -> JobOutcome

    /// Cancels the attempt.
    func cancel(_ reason: CancellationReason)

    /// Cancels the attempt after a time, unless it is over by then.
    func cancel(after timeout: Duration)

    /// Makes room for another job: this one has returned, and what is still to be done for it is waiting.
    func leavePlace()

    /// Holds the message for at least this much longer.
    func extend(by duration: Duration) async throws

    /// Settles the message with the broker.
    ///
    /// - Returns: Whether that was done, so that the hooks of the outcome may be called.
    func settle(_ settlement: Settlement) async -> Bool
}
