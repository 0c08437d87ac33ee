/// How far a running job said that it is.
public struct JobProgress: Sendable, Hashable, Codable {
    /// How much is done, 0 to 1.
    public let fraction: Double
    /// A few words for people, if the job gave any.
    public let note: String?

    /// Makes a progress.
    ///
    /// - Parameters:
    ///   - fraction: How much is done, 0 to 1.
    ///   - note: A few words for people.
    public init(fraction: Double, note: String? = nil) {
        self.fraction = fraction
        self.note = note
    }
}
