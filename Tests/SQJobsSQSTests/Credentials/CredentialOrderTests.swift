import Foundation
import SQJobsCore
import Testing

@testable import SQJobsSQS

@Suite struct CredentialOrderTests {
    /// A machine on which every place has credentials.
    private static let everything: [String: String] = [
        "AWS_ACCESS_KEY_ID": "ENVIRONMENT", "AWS_SECRET_ACCESS_KEY": "s1",
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/web",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/1",
    ]

    private func world(without missing: [String], files: [String: String] = Self.files) -> CredentialWorld {
        CredentialWorld(
            environment: Self.everything.filter { !missing.contains($0.key) }.merging(CredentialWorld.home) { $1 },
            files: files,
            transport: CredentialTransport { request in
                switch request.url.host() {
                case "sts.eu-west-1.amazonaws.com": .role("WEB", until: "2026-01-01T01:00:00Z")
                case "169.254.170.2": .document("CONTAINER", until: "2026-01-01T06:00:00Z")
                case "169.254.169.254" where request.url.path().hasSuffix("/token"): .plain("session")
                case "169.254.169.254" where request.url.path().hasSuffix("security-credentials/"): .plain("my-role")
                case "169.254.169.254": .document("MACHINE", until: "2026-01-01T06:00:00Z")
                default: .plain("", status: 404)
                }
            })
    }

    private static let files = [
        "/token": "jwt\n",
        "/home/me/.aws/credentials": "[default]\naws_access_key_id=PROFILE\naws_secret_access_key=s2",
    ]

    @Test func `environment, web identity, profile, container, machine: each is asked when those before have nothing`()
        async throws
    {
        var missing: [String] = []
        #expect(try await world(without: missing).credentials().accessKeyID == "ENVIRONMENT")
        missing.append("AWS_ACCESS_KEY_ID")
        #expect(try await world(without: missing).credentials().accessKeyID == "WEB")
        missing.append("AWS_WEB_IDENTITY_TOKEN_FILE")
        #expect(try await world(without: missing).credentials().accessKeyID == "PROFILE")
        #expect(try await world(without: missing, files: [:]).credentials().accessKeyID == "CONTAINER")
        missing.append("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
        #expect(try await world(without: missing, files: [:]).credentials().accessKeyID == "MACHINE")
    }

    @Test func `a profile that the app names goes before the environment, one in AWS_PROFILE does not`() async throws {
        var world = world(without: [])
        #expect(try await world.credentials(profile: "default").accessKeyID == "PROFILE")
        world.environment["AWS_PROFILE"] = "default"
        #expect(try await world.credentials().accessKeyID == "ENVIRONMENT")
    }

    @Test func `credentials that the app gives are used as they are`() async throws {
        let given = AWSCredentials(accessKeyID: "GIVEN", secretAccessKey: "s")
        let access = try await world(without: []).access(AWSAccess.Wishes(credentials: given))
        #expect(try await access.credentials.credentials() == given)
        await access.credentials.invalidate(given)
        #expect(try await access.credentials.credentials() == given)
    }

    @Test func `with nothing anywhere one sentence lists where was looked and what to do`() async throws {
        let world = CredentialWorld(environment: CredentialWorld.home)
        let error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.code == .credentials)
        #expect(
            error?.message
                == "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in "
                + "AWS_PROFILE, or give the machine, the task or the pod a role (looked at the environment: "
                + "AWS_ACCESS_KEY_ID is not set; web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set; the profile "
                + "\"default\": it is neither in /home/me/.aws/config nor in /home/me/.aws/credentials; the container's "
                + "credential service: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor "
                + "AWS_CONTAINER_CREDENTIALS_FULL_URI is set; the instance metadata service: it cannot be reached)")
    }

    @Test func `the place that had credentials is asked alone from then on`() async throws {
        let world = world(without: ["AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE"], files: [:])
        let provider = try await world.access().credentials
        _ = try await provider.credentials()
        world.clock.advance(minutes: 5 * 60 + 51)
        _ = try? await provider.credentials()
        #expect(world.transport.requests.map { $0.url.host() } == ["169.254.170.2", "169.254.170.2"])
    }

    @Test func `a place that is set up but does not work is an error, and no later place hides it`() async throws {
        var world = world(without: ["AWS_SECRET_ACCESS_KEY"])
        var error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.message.hasPrefix("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not") == true)
        world = self.world(without: ["AWS_ACCESS_KEY_ID", "AWS_ROLE_ARN"])
        error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.message.hasPrefix("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not") == true)
        world = self.world(without: ["AWS_ACCESS_KEY_ID"], files: [:])
        error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.message.contains("/token is not there or empty") == true)
    }

    @Test func `keys in the environment may have a session token and stray white space, and empty ones count as unset`()
        async throws
    {
        var world = CredentialWorld(environment: CredentialWorld.home)
        world.environment.merge([
            "AWS_ACCESS_KEY_ID": " A\n", "AWS_SECRET_ACCESS_KEY": "s\n", "AWS_SESSION_TOKEN": "t\r\n",
        ]) { $1 }
        #expect(
            try await world.credentials()
                == AWSCredentials(accessKeyID: "A", secretAccessKey: "s", sessionToken: "t"))
        world.environment["AWS_SESSION_TOKEN"] = " "
        #expect(try await world.credentials().sessionToken == nil)
        world.environment["AWS_ACCESS_KEY_ID"] = ""
        let error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.message.contains("AWS_ACCESS_KEY_ID is not set") == true)
    }

    @Test func `an id that would break out of the signature is refused`() async throws {
        for id in ["A/B", "A,B", "A=B", "A B", "A\nB", "Ä"] {
            var world = CredentialWorld(environment: CredentialWorld.home)
            world.environment.merge(["AWS_ACCESS_KEY_ID": id, "AWS_SECRET_ACCESS_KEY": "s"]) { $1 }
            let error = await CredentialWorld.error { _ = try await world.credentials() }
            #expect(error?.code == .credentials, "\(id)")
            #expect(error?.message.contains(id) == false)
            let given = AWSAccess.Wishes(credentials: AWSCredentials(accessKeyID: id, secretAccessKey: "s"))
            let refused = await CredentialWorld.error { _ = try await world.access(given) }
            #expect(refused?.message.contains("the credentials from the app") == true)
        }
    }
}
