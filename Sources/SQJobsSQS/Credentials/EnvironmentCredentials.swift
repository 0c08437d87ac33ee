import SQJobsCore

/// Credentials in `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary ones, `AWS_SESSION_TOKEN`.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html
struct EnvironmentCredentials: CredentialSource {
    /// The environment.
    let variables: EnvironmentVariables

    var name: String { "the environment" }

    func load() async throws -> CredentialFinding {
        guard let accessKeyID = variables["AWS_ACCESS_KEY_ID"] else { return .nothing("AWS_ACCESS_KEY_ID is not set") }
        guard let secretAccessKey = variables["AWS_SECRET_ACCESS_KEY"] else {
            throw SQJobsError(
                .credentials, "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not; set both or neither")
        }
        return .found(
            try AWSCredentials(
                checking: accessKeyID, secretAccessKey, sessionToken: variables["AWS_SESSION_TOKEN"],
                from: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"))
    }
}
