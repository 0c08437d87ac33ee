import Foundation
import SQJobsCore

/// Credentials of the role that an EC2 machine was given.
///
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html
struct InstanceCredentials: CredentialSource {
    /// The service that has them.
    let metadata: InstanceMetadata

    var name: String { "the instance metadata service" }

    func load() async throws -> CredentialFinding {
        let roles: String
        switch try await metadata.get("iam/security-credentials/") {
        case .nothing(let reason): return .nothing(reason)
        case .text(let text): roles = String(decoding: text, as: UTF8.self)
        }
        guard let role = roles.split(whereSeparator: \.isNewline).first.map(String.init), Self.isRoleName(role) else {
            return .nothing("the machine has no role")
        }
        switch try await metadata.get("iam/security-credentials/" + role) {
        case .nothing(let reason):
            throw SQJobsError(
                .brokerUnavailable,
                "the instance metadata service has the role \(role), but no credentials for it: \(reason); try again later"
            )
        case .text(let document):
            let credentials = try CredentialDocument.read(document, tokenKey: "Token", from: name)
            return .found(extended(credentials))
        }
    }

    /// Credentials that are about to end or ended are used on, and asked for anew a few minutes later: the service
    /// gives such ones out while AWS cannot renew them, and AWS keeps accepting them meanwhile.
    private func extended(_ credentials: AWSCredentials) -> AWSCredentials {
        let earliest = metadata.clock.now().addingTimeInterval(20 * 60)
        guard let expiration = credentials.expiration, expiration < earliest else { return credentials }
        return AWSCredentials(
            accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey,
            sessionToken: credentials.sessionToken, expiration: earliest)
    }

    /// Whether a text can be a role's name, which becomes part of a path: IAM allows letters, digits and `+=,.@-_`.
    private static func isRoleName(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+=,.@-_".contains($0)) }
    }
}
