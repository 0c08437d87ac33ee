/// Where credentials come from.
protocol CredentialProvider: Sendable {
    /// Credentials that are good now.
    ///
    /// - Throws: `SQJobsError` with the code `credentials` when there are none or a service refuses them,
    ///   `invalidConfiguration` when a setting or a file cannot be used, `brokerUnavailable` when a service that gives
    ///   them cannot be reached, so that asking later may help; `CancellationError` when the task was cancelled.
    func credentials() async throws -> AWSCredentials

    /// Says that AWS did not accept some credentials, so that they are not handed out again.
    ///
    /// - Parameter rejected: The credentials that were refused; others that are known since stay.
    func invalidate(_ rejected: AWSCredentials) async
}
