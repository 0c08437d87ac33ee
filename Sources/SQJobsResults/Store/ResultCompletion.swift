public import struct Foundation.Data

/// The end of an attempt, as the holder of a claim writes it.
public struct ResultCompletion: Sendable, Hashable {
    /// What becomes of the job.
    public enum Ending: Sendable, Hashable {
        /// `SUCCESS`, with the output as JSON if it is kept.
        case success(output: Data?)
        /// `FAILURE`: no further attempt will come by itself.
        case failure(StoredError)
        /// `PENDING` again. With an error if the attempt failed; without one, as when the worker is stopping, the row
        /// keeps the error it has. The time is when the next attempt may begin, from now; `nil` if that is not known.
        case pending(after: StoredError?, nextAttemptIn: Duration?)
    }

    /// The claim.
    public let claim: ResultClaim
    /// What becomes of the job.
    public let ending: Ending

    /// Makes a completion.
    ///
    /// - Parameters:
    ///   - claim: The claim.
    ///   - ending: What becomes of the job.
    public init(claim: ResultClaim, ending: Ending) {
        self.claim = claim
        self.ending = ending
    }
}
