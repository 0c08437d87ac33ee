/// The right to write a job's row: only the newest claim of a row has it.
public struct ResultClaim: Sendable, Hashable {
    /// The job's identity.
    public let id: ResultID
    /// The fencing token: it grows with each claim of the row.
    public let token: Int64

    /// Makes a claim.
    ///
    /// - Parameters:
    ///   - id: The job's identity.
    ///   - token: The fencing token.
    public init(id: ResultID, token: Int64) {
        self.id = id
        self.token = token
    }
}
