/// One of the places where credentials may be; asked anew each time, it keeps nothing.
protocol CredentialSource: Sendable {
    /// The place's name in a sentence: `the environment`.
    var name: String { get }

    /// Fetches credentials.
    ///
    /// - Returns: The credentials, or the reason why this place has none; the next one is asked then.
    /// - Throws: `SQJobsError` when this place is set up but does not work: `invalidConfiguration` when a setting is
    ///   wrong, `credentials` when a service refused, `brokerUnavailable` when one could not be reached;
    ///   `CancellationError` when the task was cancelled.
    func load() async throws -> CredentialFinding
}

/// What a place has.
enum CredentialFinding: Sendable, Equatable {
    /// Credentials.
    case found(AWSCredentials)
    /// None; the text goes into the sentence that lists where was looked: `AWS_ACCESS_KEY_ID is not set`.
    case nothing(String)
}
