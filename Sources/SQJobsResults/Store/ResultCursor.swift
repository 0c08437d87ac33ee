/// The place of a job in a list, from which the next page goes on: what is added or pruned meanwhile moves nothing.
public struct ResultCursor: Sendable, Hashable {
    /// When the job was first heard of, in microseconds since 1970, exactly as the store has it.
    public let createdAt: Int64
    /// The job's id, which orders jobs of the same time.
    public let id: String

    /// Makes a cursor: what a store does for the last job of a page.
    ///
    /// - Parameters:
    ///   - createdAt: When the job was first heard of, in microseconds since 1970.
    ///   - id: The job's id.
    public init(createdAt: Int64, id: String) {
        self.createdAt = createdAt
        self.id = id
    }
}

extension ResultCursor: LosslessStringConvertible {
    /// Reads a cursor as it was printed.
    ///
    /// - Parameter description: The text.
    public init?(_ description: String) {
        let parts = description.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let createdAt = Int64(parts[0]), !parts[1].isEmpty else { return nil }
        self.init(createdAt: createdAt, id: String(parts[1]))
    }

    /// The cursor as text, for whoever asks for the next page.
    public var description: String { "\(createdAt):\(id)" }
}
