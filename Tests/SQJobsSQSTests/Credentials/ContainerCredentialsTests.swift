import Foundation
import SQJobsCore
import Testing

@testable import SQJobsSQS

@Suite struct ContainerCredentialsTests {
    private func world(_ variables: [String: String], files: [String: String] = [:]) -> CredentialWorld {
        CredentialWorld(
            environment: variables.merging(CredentialWorld.home) { $1 }, files: files,
            transport: CredentialTransport { _ in .document("C", until: "2026-01-01T06:00:00Z") })
    }

    @Test func `a relative address is that of ECS, and wins over a full one`() async throws {
        let world = world([
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/1?a=b",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/",
        ])
        #expect(
            try await world.credentials()
                == AWSCredentials(
                    accessKeyID: "C", secretAccessKey: "machine-secret", sessionToken: "machine-token",
                    expiration: Date(timeIntervalSince1970: 1_767_225_600 + 21_600)))
        let request = try #require(world.transport.requests.first)
        #expect(request.url.absoluteString == "http://169.254.170.2/v2/credentials/1?a=b")
        #expect(request.method == "GET")
        #expect(request.field("authorization") == nil)
    }

    @Test func `the token goes along, from its file before the variable, read anew each time`() async throws {
        var world = world([
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic abcd",
        ])
        _ = try await world.credentials()
        world.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "/token"
        world.files["/token"] = "from file\n"
        _ = try await world.credentials()
        #expect(world.transport.requests.map { $0.field("authorization") } == ["Basic abcd", "from file"])
    }

    @Test(arguments: [
        "http://localhost:8080/c", "http://127.0.0.1/c", "http://127.8.9.1:1/c", "http://[::1]/c",
        "http://169.254.170.2/c",
        "http://169.254.170.23/c", "http://[fd00:ec2::23]/c", "https://credentials.example/c",
    ])
    func `credentials are asked of this machine, of AWS's own addresses, and over TLS`(address: String) async throws {
        let world = world(["AWS_CONTAINER_CREDENTIALS_FULL_URI": address])
        #expect(try await world.credentials().accessKeyID == "C")
        #expect(world.transport.requests.map(\.url.absoluteString) == [address])
    }

    @Test(arguments: [
        "http://example.com/c", "http://localhost.example.com/c", "http://127.0.0.1.example.com/c",
        "http://169.254.169.254/c",
        "http://127.0.0.1@example.com/c", "http://127.1/c", "http://[::2]/c", "ftp://localhost/c", "localhost",
        "http://",
        "http://127.0.0.256/c",
    ])
    func `no other address is asked`(address: String) async {
        let world = world(["AWS_CONTAINER_CREDENTIALS_FULL_URI": address])
        let error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.code == .invalidConfiguration)
        #expect(world.transport.requests.isEmpty)
    }

    @Test(arguments: ["@example.com/c", "v2/credentials", ":80/c"])
    func `a relative address must be a path`(path: String) async {
        let world = world(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": path])
        let error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.code == .invalidConfiguration)
        #expect(world.transport.requests.isEmpty)
    }

    @Test func `a token's file that is missing, empty or has two lines is an error`() async {
        for text in [nil, "", "SECRET\r\nx: y"] {
            var world = world([
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://localhost/",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token",
            ])
            world.files["/token"] = text
            let error = await CredentialWorld.error { _ = try await world.credentials() }
            #expect(error?.code == .credentials)
            #expect(error?.message.contains("SECRET") == false)
            #expect(world.transport.requests.isEmpty)
        }
    }

    @Test func `a service that is away or overloaded is asked three times, one that refuses once`() async {
        var world = world(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://localhost/"])
        for (transport, requests, code) in [
            (CredentialTransport(), 3, SQJobsError.Code.brokerUnavailable),
            (CredentialTransport { _ in .plain("SECRET", status: 503) }, 3, .brokerUnavailable),
            (CredentialTransport { _ in .plain("SECRET", status: 403) }, 1, .credentials),
            (CredentialTransport { _ in .plain("SECRET") }, 1, .credentials),
            (CredentialTransport { _ in .plain(#"{"code": "NoRole", "message": "SECRET"}"#) }, 1, .credentials),
        ] {
            world.transport = transport
            let error = await CredentialWorld.error { _ = try await world.credentials() }
            #expect(error?.code == code)
            #expect(transport.requests.count == requests)
            #expect(error.map { "\($0)".contains("SECRET") } == false)
        }
    }
}
