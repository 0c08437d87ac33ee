/// A unique key and the job that wants it, or has it.
public struct UniqueReservation: Sendable, Hashable {
    /// The key.
    public let key: String
    /// The job's id.
    public let jobID: String
    /// How long the key is reserved at most.
    public let lifetime: Duration

    /// Makes a reservation.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - jobID: The job's id.
    ///   - lifetime: How long the key is reserved at most; of no account when it is freed.
    public init(key: String, jobID: String, lifetime: Duration = .zero) {
        self.key = key
        self.jobID = jobID
        self.lifetime = lifetime
    }
}
