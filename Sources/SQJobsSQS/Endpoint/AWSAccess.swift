import Foundation
import Logging
import SQJobsCore

/// Where Amazon SQS is and who one is there: all that a client needs besides a transport.
struct AWSAccess: Sendable {
    /// The region, for the signature.
    let region: String
    /// The service's address.
    let endpoint: URL
    /// Who signs.
    let credentials: any CredentialProvider

    /// What the app says itself; what it leaves out is found where AWS's own tools find it.
    struct Wishes: Sendable {
        /// The region.
        var region: String?
        /// The service's address, such as `http://127.0.0.1:4566`.
        var endpoint: String?
        /// The profile of the shared files.
        var profile: String?
        /// The credentials.
        var credentials: AWSCredentials?
    }

    /// What finding needs from outside; tests give other things.
    struct Surroundings: Sendable {
        /// The environment's variables, their values hidden.
        var variables: EnvironmentVariables
        /// Reads the shared files and tokens.
        var reader = FileReader.system
        /// Runs a profile's `credential_process`.
        var runner = CommandRunner.system
        /// Sends to AWS STS, containers' credential services and the instance metadata service.
        var transport: any HTTPTransport
        /// Says when credentials end.
        var clock = JobClock.system
        /// Is told when credentials cannot be renewed.
        var logger: Logger

        /// Takes an environment, and the machine's own files, shell and clocks.
        ///
        /// - Parameters:
        ///   - environment: The environment's variables, such as `ProcessInfo.processInfo.environment`.
        ///   - transport: Sends to AWS STS, containers' credential services and the instance metadata service.
        ///   - logger: Is told when credentials cannot be renewed.
        init(environment: [String: String], transport: any HTTPTransport, logger: Logger) {
            variables = EnvironmentVariables(environment)
            self.transport = transport
            self.logger = logger
        }
    }

    /// Finds region, address and the source of credentials; credentials themselves are fetched when first asked for.
    ///
    /// - Parameters:
    ///   - wishes: What the app says itself.
    ///   - surroundings: What finding needs from outside.
    /// - Throws: `SQJobsError` with the code `invalidConfiguration` when there is no region, or a setting or a file
    ///   cannot be used, `credentials` when those that the app gives cannot be any; `CancellationError` when the task
    ///   was cancelled.
    static func find(_ wishes: Wishes = Wishes(), in surroundings: Surroundings) async throws -> AWSAccess {
        let settings = try AWSSettings(
            variables: surroundings.variables, reader: surroundings.reader, profileName: wishes.profile)
        let metadata = InstanceMetadata(
            settings: settings, transport: surroundings.transport, clock: surroundings.clock)
        let region = try await RegionChain(settings: settings, metadata: metadata).region(explicit: wishes.region)
        let endpoint = try EndpointRules(settings: settings)
            .endpoint(of: .sqs, region: region, explicit: wishes.endpoint)
        if let given = wishes.credentials {
            let checked = try AWSCredentials(
                checking: given.accessKeyID, given.secretAccessKey, sessionToken: given.sessionToken,
                expiration: given.expiration, from: "the app")
            return AWSAccess(region: region, endpoint: endpoint, credentials: StaticCredentials(checked))
        }
        let chain = CredentialChain.standard(
            settings: settings, metadata: metadata, region: region, surroundings: surroundings)
        let provider = RefreshingCredentials(chain, clock: surroundings.clock, logger: surroundings.logger)
        return AWSAccess(region: region, endpoint: endpoint, credentials: provider)
    }
}
