/// The parameters of a job that takes none; keywords that a producer sends all the same are ignored.
public struct NoParameters: Codable, Hashable, Sendable {
    /// Makes the empty parameters.
    public init() {}
}
