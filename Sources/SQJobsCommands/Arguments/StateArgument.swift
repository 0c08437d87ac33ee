import SQJobsResults

/// A job's state.
enum StateArgument {
    /// Reads a state, in any case.
    static func state(_ text: String) throws -> JobState {
        guard let state = JobState(rawValue: text.uppercased()) else {
            throw ArgumentFault("write one of \(JobState.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return state
    }
}
