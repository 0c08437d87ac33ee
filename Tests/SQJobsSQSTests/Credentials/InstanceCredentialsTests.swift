import Foundation
import SQJobsCore
import Testing

@testable import SQJobsSQS

@Suite struct InstanceCredentialsTests {
    /// The service, as an EC2 machine has it.
    @Sendable private static func serve(_ request: HTTPRequest) -> HTTPResponse {
        switch (request.method, request.url.path()) {
        case ("PUT", "/latest/api/token"): .plain("session-token")
        case _ where request.field("x-aws-ec2-metadata-token") != "session-token": .plain("", status: 401)
        case ("GET", "/latest/meta-data/iam/security-credentials/"): .plain("my-role\n")
        case ("GET", "/latest/meta-data/iam/security-credentials/my-role"):
            .document("M", until: "2026-01-01T06:00:00Z")
        case ("GET", "/latest/meta-data/placement/region"): .plain("eu-south-2")
        default: .plain("", status: 404)
        }
    }

    private func world(
        _ variables: [String: String] = [:],
        _ answer: @escaping @Sendable (HTTPRequest) throws -> HTTPResponse = Self.serve
    ) -> CredentialWorld {
        CredentialWorld(
            environment: variables.merging(CredentialWorld.home) { $1 }, transport: CredentialTransport(answer))
    }

    @Test func `a token is put first, then the role's name and its credentials are got with it`() async throws {
        let world = world()
        #expect(
            try await world.credentials()
                == AWSCredentials(
                    accessKeyID: "M", secretAccessKey: "machine-secret", sessionToken: "machine-token",
                    expiration: Date(timeIntervalSince1970: 1_767_225_600 + 21_600)))
        let requests = world.transport.requests
        #expect(requests.first?.field("x-aws-ec2-metadata-token-ttl-seconds") == "21600")
        #expect(requests.first?.url.absoluteString == "http://169.254.169.254/latest/api/token")
        #expect(requests.last?.url.path() == "/latest/meta-data/iam/security-credentials/my-role")
        #expect(requests.allSatisfy { $0.timeout == .seconds(1) })
    }

    @Test func `when it is disabled it is not asked`() async {
        let world = world(["AWS_EC2_METADATA_DISABLED": "TRUE"])
        let error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.message.contains("AWS_EC2_METADATA_DISABLED is true") == true)
        #expect(world.transport.requests.isEmpty)
    }

    @Test func `a machine without the service, without answers, without role or without credentials is told apart`()
        async
    {
        let token: @Sendable (HTTPRequest) -> HTTPResponse? = { $0.method == "PUT" ? .plain("t") : nil }
        for (answer, code, reason) in [
            (
                { @Sendable _ in throw TransportError(delivery: .notSent, isTimeout: false, reason: "") },
                SQJobsError.Code.credentials, "it cannot be reached"
            ),
            (
                { _ in throw TransportError(delivery: .unknown, isTimeout: true, reason: "") }, .credentials,
                "it did not answer in time"
            ),
            ({ _ in .plain("", status: 403) }, .credentials, "it gave no token but status 403"),
            ({ _ in .plain("a\r\nb") }, .credentials, "it gave no token but status 200"),
            ({ token($0) ?? .plain("", status: 404) }, .credentials, "with status 404"),
            ({ token($0) ?? .plain("../x") }, .credentials, "the machine has no role"),
            (
                { token($0) ?? ($0.url.path().hasSuffix("/") ? .plain("r") : .plain("", status: 500)) },
                .brokerUnavailable,
                "has the role r, but no credentials for it"
            ),
            (
                {
                    token($0)
                        ?? ($0.url.path().hasSuffix("/")
                            ? .plain("r") : .plain(#"{"Code": "AssumeRoleUnauthorizedAccess"}"#))
                },
                .credentials, "the error AssumeRoleUnauthorizedAccess"
            ),
        ] as [(@Sendable (HTTPRequest) throws -> HTTPResponse, SQJobsError.Code, String)] {
            let world = world([:], answer)
            let error = await CredentialWorld.error { _ = try await world.credentials() }
            #expect(error?.code == code)
            #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        }
    }

    @Test func `address, address family, time-out and number of attempts can be set`() async throws {
        var world = world(["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:1338/"])
        _ = try await world.credentials()
        #expect(world.transport.requests.first?.url.absoluteString == "http://127.0.0.1:1338/latest/api/token")

        world = self.world(["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"])
        _ = try await world.credentials()
        #expect(world.transport.requests.first?.url.absoluteString == "http://[fd00:ec2::254]/latest/api/token")

        world = self.world(["AWS_METADATA_SERVICE_TIMEOUT": "5", "AWS_METADATA_SERVICE_NUM_ATTEMPTS": "4"]) { _ in
            .plain("", status: 503)
        }
        _ = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(world.transport.requests.map(\.timeout) == Array(repeating: .seconds(5), count: 4))
        #expect(world.clock.slept == [.milliseconds(200), .milliseconds(400), .milliseconds(800)])

        for (name, value) in [
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "nowhere"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5"),
            ("AWS_METADATA_SERVICE_TIMEOUT", "0"), ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "many"),
            ("AWS_EC2_METADATA_DISABLED", "perhaps"),
        ] {
            let error = await CredentialWorld.error { _ = try await self.world([name: value]).credentials() }
            #expect(error?.code == .invalidConfiguration)
            #expect(error?.message.contains(name) == true)
        }
    }

    @Test func `credentials that AWS cannot renew now are used on, and asked for again minutes later`() async throws {
        let world = world([:]) { request in
            request.url.path().hasSuffix("my-role")
                ? .document("M", until: "2025-12-31T23:00:00Z") : Self.serve(request)
        }
        let provider = try await world.access().credentials
        #expect(try await provider.credentials().expiration == world.clock.now.addingTimeInterval(20 * 60))
        let asked = world.transport.requests.count
        world.clock.advance(minutes: 4)
        _ = try await provider.credentials()
        #expect(world.transport.requests.count == asked)
        world.clock.advance(minutes: 7)
        _ = try await provider.credentials()
        #expect(world.transport.requests.count == 2 * asked)
    }
}
