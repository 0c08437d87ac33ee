/// How a job that was run in place went.
public struct EagerResult<Output: Sendable>: Sendable {
    /// The job's id.
    public let id: String
    /// What the job returned.
    public let output: Output
    /// How many attempts it took, from 1.
    public let attempts: Int
}

extension EagerResult: Equatable where Output: Equatable {}
