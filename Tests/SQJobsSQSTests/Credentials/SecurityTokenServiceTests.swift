import Foundation
import SQJobsCore
import Testing

@testable import SQJobsSQS

@Suite struct SecurityTokenServiceTests {
    private let clock = CredentialClock()
    private let source = AWSCredentials(accessKeyID: "K", secretAccessKey: "SECRET", sessionToken: "TOKEN")

    private func service(_ transport: CredentialTransport) throws -> SecurityTokenService {
        let url = try #require(URL(string: "https://sts.eu-west-1.amazonaws.com"))
        return SecurityTokenService(endpoint: url, region: "eu-west-1", transport: transport, clock: clock.clock)
    }

    private var role: RoleRequest {
        RoleRequest(arn: "arn:aws:iam::1:role/r", sessionName: "me", now: clock.now)
    }

    @Test func `a role's request is signed for STS, and its answer read`() async throws {
        let transport = CredentialTransport { _ in .role("R", until: "2026-01-01T01:00:00Z") }
        let credentials = try await service(transport).assume(role, with: source)
        #expect(
            credentials
                == AWSCredentials(
                    accessKeyID: "R", secretAccessKey: "role-secret", sessionToken: "role-token",
                    expiration: clock.now.addingTimeInterval(3_600)))
        let request = try #require(transport.requests.first)
        #expect(request.method == "POST")
        #expect(request.url.absoluteString == "https://sts.eu-west-1.amazonaws.com/")
        #expect(request.field("content-type") == "application/x-www-form-urlencoded; charset=utf-8")
        #expect(request.field("x-amz-security-token") == "TOKEN")
        #expect(
            request.field("authorization")?.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=K/20260101/eu-west-1/sts/aws4_request, ") == true)
    }

    @Test func `a web identity's request is not signed`() async throws {
        let transport = CredentialTransport { _ in .role("R", until: "2026-01-01T01:00:00Z") }
        _ = try await service(transport).assume(role, webIdentityToken: "a.b-c_d==")
        let request = try #require(transport.requests.first)
        #expect(request.headers.map(\.name) == ["content-type"])
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr"
                + "&RoleSessionName=me&WebIdentityToken=a.b-c_d%3D%3D")
    }

    @Test func `a refusal says what AWS says, and is not repeated`() async throws {
        let transport = CredentialTransport { _ in
            .refusal("AccessDenied", "User: arn:aws:iam::1:user/u is not authorized &amp; so on")
        }
        let error = await CredentialWorld.error { _ = try await service(transport).assume(role, with: source) }
        #expect(error?.code == .credentials)
        #expect(
            error?.message
                == "AWS STS refused credentials for arn:aws:iam::1:role/r (AccessDenied: User: arn:aws:iam::1:user/u is not "
                + "authorized & so on); check the role's trust policy and who takes it on")
        #expect(transport.requests.count == 1)
    }

    @Test func `what is transient is asked three times, and then is an error that says to try later`() async throws {
        for answer in [
            { @Sendable _ in throw TransportError(delivery: .unknown, isTimeout: true, reason: "timed out") },
            { _ in .plain("", status: 500) }, { _ in .plain("", status: 429) },
            { _ in .refusal("Throttling", "Rate exceeded", status: 400) },
            { _ in .refusal("IDPCommunicationError", "no answer", status: 400) },
        ] as [@Sendable (HTTPRequest) throws -> HTTPResponse] {
            let transport = CredentialTransport(answer)
            let error = await CredentialWorld.error {
                _ = try await service(transport).assume(role, webIdentityToken: "SECRET")
            }
            #expect(error?.code == .brokerUnavailable)
            #expect(transport.requests.count == 3)
        }
    }

    @Test func `a refusal that quotes a secret is shown without what it says`() async throws {
        for secret in ["SECRET", "TOKEN"] {
            let transport = CredentialTransport { _ in
                .refusal("ValidationError", "Value '\(secret)' is bad", status: 400)
            }
            let error = await CredentialWorld.error { _ = try await service(transport).assume(role, with: source) }
            #expect(error?.message.contains("(status 400)") == true)
            #expect(error?.message.contains(secret) == false)
        }
        let transport = CredentialTransport { _ in .refusal("InvalidIdentityToken", "Value 'JWT' is bad", status: 400) }
        let error = await CredentialWorld.error {
            _ = try await service(transport).assume(role, webIdentityToken: "JWT")
        }
        #expect(error?.message.contains("JWT") == false)
    }

    @Test(arguments: [
        "", "not XML", "<a><b></a>", "<html><body>proxy</body></html>",
        "<r><AccessKeyId>A</AccessKeyId><SecretAccessKey>LEAK</SecretAccessKey><SessionToken>t</SessionToken></r>",
        "<r><AccessKeyId>A</AccessKeyId><SecretAccessKey>LEAK</SecretAccessKey><SessionToken>t</SessionToken>"
            + "<Expiration>soon</Expiration></r>",
        "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><r><AccessKeyId>&e;</AccessKeyId></r>",
    ])
    func `an answer that is none is an error that shows nothing of it`(body: String) async throws {
        let transport = CredentialTransport { _ in .plain(body) }
        let error = await CredentialWorld.error { _ = try await service(transport).assume(role, with: source) }
        #expect(error?.code == .credentials)
        #expect(error?.message.contains("did not answer with credentials") == true)
        #expect(error.map { "\($0)".contains("LEAK") } == false)
    }
}
