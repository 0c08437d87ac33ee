/// An entry that could not be sent, and is put off.
public struct OutboxRefusal: Sendable {
    /// The entry's number.
    public let number: Int64
    /// The token of the claim that it was tried with.
    public let token: Int64
    /// Why it was not sent, without arguments.
    public let error: String
    /// How long to wait before it is claimed again.
    public let delay: Duration

    /// Makes a refusal.
    ///
    /// - Parameters:
    ///   - claim: The claim that the entry was tried with.
    ///   - error: Why it was not sent, without arguments.
    ///   - delay: How long to wait before it is claimed again.
    public init(_ claim: OutboxClaim, error: String, delay: Duration) {
        number = claim.number
        token = claim.token
        self.error = error
        self.delay = delay
    }
}
