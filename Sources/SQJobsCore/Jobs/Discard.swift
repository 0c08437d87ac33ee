/// Thrown by a job that no further attempt can help: `throw Discard("The order was cancelled.")`.
///
/// `onFailure` and `onExhausted` are called, and the message goes where the queue's dead messages go.
public struct Discard: Error, Sendable {
    /// Why no attempt can help; it stands in logs, so it should hold no secrets.
    public let reason: String

    /// Gives the job up.
    ///
    /// - Parameter reason: Why no attempt can help; it stands in logs, so it should hold no secrets.
    public init(_ reason: String) {
        self.reason = reason
    }
}

extension Discard: CustomStringConvertible {
    /// The reason.
    public var description: String { "discarded: \(reason)" }
}
