import Foundation
import Logging
import SQJobsCore
import Testing

@testable import SQJobsSQS

/// Nothing that holds a secret shows it, whichever way it is printed.
@Suite struct CredentialSecrecyTests {
    private let credentials = AWSCredentials(
        accessKeyID: "AKID", secretAccessKey: "SECRET-key", sessionToken: "SECRET-token",
        expiration: Date(timeIntervalSince1970: 0))

    private var world: CredentialWorld {
        CredentialWorld(
            environment: [
                "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "SECRET-environment", "AWS_REGION": "eu-west-1",
                "AWS_SESSION_TOKEN": "SECRET-session", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "SECRET-container",
                "HOME": "/home/me",
            ],
            files: [
                "/home/me/.aws/config": """
                [default]
                aws_access_key_id = AKID
                aws_secret_access_key = SECRET-profile
                credential_process = get SECRET-process
                sqs =
                  key = SECRET-nested
                """
            ])
    }

    private func shown(_ value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return
            "\(value)\n\(String(describing: value))\n\(String(reflecting: value))\n\(dumped)\n\(String(reflecting: [value]))"
            + "\n\(String(describing: Optional(value)))"
    }

    @Test func `credentials show their id and their end alone`() {
        let shown = shown(credentials)
        #expect(!shown.contains("SECRET"))
        #expect(shown.contains("AWSCredentials(AKID, expires 1970-01-01 00:00:00 +0000)"))
    }

    @Test func `no type that holds credentials, variables or files shows a secret`() async throws {
        let world = world
        let settings = try world.settings()
        let surroundings = world.surroundings
        let metadata = InstanceMetadata(settings: settings, transport: world.transport, clock: world.clock.clock)
        let chain = CredentialChain.standard(
            settings: settings, metadata: metadata, region: "eu-west-1", surroundings: surroundings)
        let refreshing = RefreshingCredentials(chain, clock: world.clock.clock, logger: surroundings.logger)
        _ = try await refreshing.credentials()
        let service = SecurityTokenService(
            endpoint: try #require(URL(string: "http://h")), region: "r", transport: CredentialTransport(),
            clock: world.clock.clock)
        _ = await CredentialWorld.error {
            _ = try await service.assume(RoleRequest(arn: "a", sessionName: nil, now: Date()), with: credentials)
        }
        let roles = RoleTaking(service: { service }, reader: world.reader, clock: world.clock.clock)
        let process = CredentialProcess(variables: settings.variables, runner: .system, clock: world.clock.clock)
        let container = ContainerCredentials(
            variables: settings.variables, reader: world.reader, transport: world.transport)
        let values: [Any] = [
            credentials, CredentialFinding.found(credentials), CredentialCache.Step.use(credentials),
            CredentialCache.Step.fetchAndUse(credentials), StaticCredentials(credentials), settings, settings.variables,
            settings.profiles, settings.files, try #require(settings.profile), settings.profiles.services, metadata,
            chain,
            refreshing, service, roles, process, container, EnvironmentCredentials(variables: settings.variables),
            WebIdentityCredentials(variables: settings.variables, roles: roles),
            InstanceCredentials(metadata: metadata),
            ProfileCredentials(
                files: settings.files, profileName: "default", roles: roles, process: process,
                places: ["Environment": EnvironmentCredentials(variables: settings.variables)]),
            EndpointRules(settings: settings), RegionChain(settings: settings, metadata: metadata),
            try await world.access(), AWSAccess.Wishes(credentials: credentials), surroundings,
        ]
        for value in values {
            #expect(!shown(value).contains("SECRET"), "\(type(of: value))")
        }
        var cache = CredentialCache()
        cache.fetched(credentials, elapsed: .zero)
        #expect(!shown(cache).contains("SECRET"))
    }

    @Test func `the secrets are there to be shown, were they not held back`() throws {
        let settings = try world.settings()
        #expect(settings.variables["AWS_SECRET_ACCESS_KEY"] == "SECRET-environment")
        #expect(settings.profile?["aws_secret_access_key"] == "SECRET-profile")
        #expect(settings.profile?.config?.nested["sqs"] == ["key": "SECRET-nested"])
    }
}
