/// What becomes of a message once its attempt is over.
package enum Settlement: Sendable {
    /// It is done: delete it.
    case delete
    /// It goes back to its queue.
    case release(RetryDelay)
    /// It is dead: hand it to where the queue's dead messages go.
    case bury(reason: String)
    /// It is no longer ours to settle.
    case leave
}

extension JobOutcome {
    /// What the outcome means for the message.
    var settlement: Settlement {
        switch self {
        case .success, .unneeded: .delete
        case .retry(let delay), .failure(_, let delay): .release(delay)
        case .exhausted(let error): .bury(reason: Self.reason(error))
        case .cancelled(.leaseLost): .leave
        case .cancelled(.timeout), .cancelled(.shutdown): .release(.after(.zero))
        case .deferred(let delay): .release(.after(delay))
        }
    }

    private static func reason(_ error: any Error) -> String {
        String("\(error)".prefix(1000))
    }
}
