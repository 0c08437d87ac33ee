/// Where a job is on its way.
///
/// `PENDING` → `RUNNING` → `SUCCESS` or `FAILURE`, or back to `PENDING` when another attempt will follow.
public enum JobState: String, Sendable, Hashable, CaseIterable, Codable {
    /// It waits, for the first time or after an attempt that failed.
    case pending = "PENDING"
    /// A worker runs it, or did until it died.
    case running = "RUNNING"
    /// It returned. Its message is deleted wherever it turns up again.
    case success = "SUCCESS"
    /// It failed and no further attempt will come by itself; it can be run again by hand.
    case failure = "FAILURE"

    /// Whether nothing more will happen by itself.
    public var isFinished: Bool { self == .success || self == .failure }
}

extension JobState: CustomStringConvertible {
    /// The state's name.
    public var description: String { rawValue }
}
