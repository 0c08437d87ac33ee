/// An entry that a relay holds for a short time, to send it.
public struct OutboxClaim: Sendable {
    /// The entry's number, which grows in the order in which entries were put in.
    public let number: Int64
    /// Grows with every claim of the entry: only the newest may put it off.
    public let token: Int64
    /// The entry.
    public let entry: OutboxEntry
    /// How often it was put off so far.
    public let refusals: Int

    /// Makes a claim: what a store's adapter returns.
    ///
    /// - Parameters:
    ///   - number: The entry's number.
    ///   - token: The claim's token.
    ///   - entry: The entry.
    ///   - refusals: How often it was put off so far.
    public init(number: Int64, token: Int64, entry: OutboxEntry, refusals: Int) {
        self.number = number
        self.token = token
        self.entry = entry
        self.refusals = refusals
    }
}
