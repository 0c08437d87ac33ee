/// When a message that goes back to its queue can be received again.
public enum RetryDelay: Sendable, Hashable {
    /// After this time.
    case after(Duration)
    /// When the queue's visibility time-out ends, which is left as it is.
    case queueDefault
}
