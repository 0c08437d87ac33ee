import Foundation
import SQJobsCore

/// Credentials that a command prints, which a profile names as `credential_process`.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
struct CredentialProcess: Sendable {
    /// The environment that the command gets.
    let variables: EnvironmentVariables
    /// What runs it.
    let runner: CommandRunner
    /// What ends it when it takes too long.
    let clock: JobClock

    private static let timeout = Duration.seconds(60)

    /// Runs the command.
    ///
    /// - Throws: `SQJobsError` with the code `credentials` when it fails, takes over a minute or prints something
    ///   else; the error shows neither the command, which may hold a secret, nor what it printed.
    func credentials(from command: String, profile: String) async throws -> AWSCredentials {
        let origin = "the credential_process of the profile \"\(profile)\""
        let result = try await withThrowingTaskGroup(of: CommandRunner.Result?.self) { group in
            group.addTask { try await runner.run(command, variables.all) }
            group.addTask {
                try await clock.sleep(Self.timeout)
                throw SQJobsError(.credentials, "\(origin) did not end within a minute; run it by hand")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let result else {
            throw SQJobsError(.credentials, "\(origin) cannot be started; is there a /bin/sh?")
        }
        guard result.status == 0 else {
            throw SQJobsError(
                .credentials, "\(origin) ended with status \(result.status); run it by hand to see what is wrong")
        }
        guard let head = try? JSONDecoder().decode(Head.self, from: result.output), head.version == 1 else {
            throw SQJobsError(
                .credentials, "\(origin) did not print JSON with \"Version\": 1; run it by hand to see what it prints")
        }
        return try CredentialDocument.read(result.output, tokenKey: "SessionToken", from: origin)
    }

    private struct Head: Decodable {
        let version: Int

        private enum CodingKeys: String, CodingKey {
            case version = "Version"
        }
    }
}
