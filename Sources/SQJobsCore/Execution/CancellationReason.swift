/// Why a worker cancelled a job's task.
public enum CancellationReason: Sendable, Hashable {
    /// The attempt took longer than the job's time-out; it counts as a failure.
    case timeout
    /// The message is no longer held, so another worker may be running it.
    case leaseLost
    /// The worker is stopping and its patience ended.
    case shutdown
}
