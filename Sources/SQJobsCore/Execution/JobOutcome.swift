/// How one attempt ended: what decides between deleting, releasing and burying its message, and which hooks follow.
public enum JobOutcome: Sendable {
    /// The job returned. Its message is deleted, then `onSuccess` is called.
    case success(output: any Sendable)
    /// The job threw ``Retry`` and has attempts left. Its message is released, then `onRetry` is called.
    case retry(RetryDelay)
    /// The job threw and has attempts left. Its message is released, then `onFailure` is called.
    case failure(any Error, RetryDelay)
    /// The job threw and no attempt will follow. Its message is buried, then `onFailure` and `onExhausted` are called.
    case exhausted(any Error)
    /// The worker cancelled the attempt, and the job threw. No hook is called.
    case cancelled(CancellationReason)
    /// A middleware found that the job need not run. Its message is deleted; no hook is called.
    case unneeded
    /// A middleware found that the job must not run yet. Its message is released for this time; no hook is called.
    case deferred(Duration)
}

extension JobOutcome {
    /// The word for logs, metrics and traces.
    public var label: String {
        switch self {
        case .success: "success"
        case .retry: "retry"
        case .failure: "failure"
        case .exhausted: "exhausted"
        case .cancelled: "cancelled"
        case .unneeded: "unneeded"
        case .deferred: "deferred"
        }
    }

    /// The error of an attempt that failed; `nil` if it did not.
    public var error: (any Error)? {
        switch self {
        case .failure(let error, _), .exhausted(let error): error
        case .success, .retry, .cancelled, .unneeded, .deferred: nil
        }
    }
}
