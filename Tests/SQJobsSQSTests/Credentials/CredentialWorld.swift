import Foundation
import Logging
import SQJobsCore
import Synchronization

@testable import SQJobsSQS

/// A made-up machine: environment, files, network, commands and time.
struct CredentialWorld {
    var environment: [String: String] = [:]
    var files: [String: String] = [:]
    var transport = CredentialTransport()
    var clock = CredentialClock()
    var run: @Sendable (String, [String: String]) async throws -> CommandRunner.Result? = { _, _ in nil }

    /// A home and a region, so that a test only says what it is about.
    static let home = ["HOME": "/home/me", "AWS_REGION": "eu-west-1"]

    func access(_ wishes: AWSAccess.Wishes = AWSAccess.Wishes()) async throws -> AWSAccess {
        try await AWSAccess.find(wishes, in: surroundings)
    }

    func credentials(profile: String? = nil) async throws -> AWSCredentials {
        try await access(AWSAccess.Wishes(profile: profile)).credentials.credentials()
    }

    func settings(profile: String? = nil) throws -> AWSSettings {
        try AWSSettings(variables: EnvironmentVariables(environment), reader: reader, profileName: profile)
    }

    var reader: FileReader {
        let files = files
        return FileReader { files[$0] }
    }

    var surroundings: AWSAccess.Surroundings {
        var surroundings = AWSAccess.Surroundings(
            environment: environment, transport: transport,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        surroundings.reader = reader
        surroundings.runner = CommandRunner(run: run)
        surroundings.clock = clock.clock
        return surroundings
    }
}

extension CredentialWorld {
    /// The error that a call throws, if it is one of ours.
    static func error(by call: () async throws -> Void) async -> SQJobsError? {
        do {
            try await call()
            return nil
        } catch {
            return error as? SQJobsError
        }
    }

    /// Waits until something is so, at most 10 seconds.
    static func until(_ condition: () -> Bool) async -> Bool {
        let end = ContinuousClock.now + .seconds(10)
        while !condition() {
            guard ContinuousClock.now < end else { return false }
            await Task.yield()
        }
        return true
    }
}
