/// A delivery that goes back to its queue.
public struct Release: Sendable {
    /// The delivery.
    public let delivery: Delivery
    /// For how long nobody may receive the message; zero or more.
    public let delay: Duration

    /// Makes a release.
    ///
    /// - Parameters:
    ///   - delivery: The delivery.
    ///   - delay: For how long nobody may receive the message; zero or more.
    public init(_ delivery: Delivery, after delay: Duration = .zero) {
        self.delivery = delivery
        self.delay = delay
    }
}
