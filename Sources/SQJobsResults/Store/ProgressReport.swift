/// How far the holder of a claim said that its job is.
public struct ProgressReport: Sendable, Hashable {
    /// The claim.
    public let claim: ResultClaim
    /// How far the job is.
    public let progress: JobProgress

    /// Makes a report.
    ///
    /// - Parameters:
    ///   - claim: The claim.
    ///   - progress: How far the job is.
    public init(claim: ResultClaim, progress: JobProgress) {
        self.claim = claim
        self.progress = progress
    }
}
