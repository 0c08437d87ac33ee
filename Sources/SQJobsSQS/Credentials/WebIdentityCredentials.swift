import Foundation
import SQJobsCore

/// Credentials of a role for a token that an identity provider keeps writing into a file, as on EKS.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
struct WebIdentityCredentials: CredentialSource {
    /// The environment.
    let variables: EnvironmentVariables
    /// What takes on roles.
    let roles: RoleTaking

    var name: String { "web identity" }

    func load() async throws -> CredentialFinding {
        guard let path = variables["AWS_WEB_IDENTITY_TOKEN_FILE"] else {
            return .nothing("AWS_WEB_IDENTITY_TOKEN_FILE is not set")
        }
        guard let arn = variables["AWS_ROLE_ARN"] else {
            throw SQJobsError(
                .invalidConfiguration,
                "AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not; set both or neither")
        }
        let role = RoleRequest(arn: arn, sessionName: variables["AWS_ROLE_SESSION_NAME"], now: roles.clock.now())
        return .found(try await roles.assume(role, tokenFile: path))
    }
}
