import Foundation
import SQJobsCore

/// Takes on roles, for the sources that need it: with other credentials, or with a token from a file.
struct RoleTaking: Sendable {
    /// Where the service is, and how to ask it; made when first needed, since wrong settings of it are nobody's
    /// trouble before.
    let service: @Sendable () throws -> SecurityTokenService
    /// Reads the token's file.
    let reader: FileReader
    /// The clock for session names.
    let clock: JobClock

    /// Takes on a role with credentials.
    ///
    /// - Throws: What ``SecurityTokenService/assume(_:with:)`` throws, and `invalidConfiguration` for a wrong endpoint.
    func assume(_ role: RoleRequest, with source: AWSCredentials) async throws -> AWSCredentials {
        try await service().assume(role, with: source)
    }

    /// Takes on a role with the token that is in a file now; such tokens are replaced every few minutes.
    ///
    /// - Throws: What ``SecurityTokenService/assume(_:webIdentityToken:)`` throws, `invalidConfiguration` for a wrong
    ///   endpoint, and `credentials` when the file is not there or empty.
    func assume(_ role: RoleRequest, tokenFile path: String) async throws -> AWSCredentials {
        let token = try reader.read(path)?.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let token, !token.isEmpty else {
            throw SQJobsError(
                .credentials,
                "the web identity token's file \(path) is not there or empty; check the volume and the service account")
        }
        return try await service().assume(role, webIdentityToken: token)
    }
}
