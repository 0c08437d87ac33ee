/// What a store answers to a worker that wants to run a job.
public enum ClaimAnswer: Sendable, Hashable {
    /// The worker may run it: it holds the row until its lease ends or somebody else claims it.
    case started(ResultClaim, attempt: Int)
    /// The job succeeded before: it is not to be run again.
    case succeeded
    /// Another worker runs it; its lease ends after this time unless it is renewed. The time is more than zero.
    case held(for: Duration)
}
