import Foundation
import SQJobsCore
import Testing

@testable import SQJobsSQS

/// Against a real server: its STS checks signatures and trust policies.
@Suite(.timeLimit(.minutes(2))) struct LocalAWSCredentialTests {
    private func keys(_ credentials: AWSCredentials) -> String {
        "aws_access_key_id = \(credentials.accessKeyID)\naws_secret_access_key = \(credentials.secretAccessKey)"
    }

    @Test func `the user's keys from the environment are the user`() async throws {
        let server = try LocalAWS()
        let access = try await server.access([
            "AWS_ACCESS_KEY_ID": server.user.accessKeyID, "AWS_SECRET_ACCESS_KEY": server.user.secretAccessKey,
        ])
        let identity = try await server.identity(of: access.credentials.credentials())
        #expect(identity.contains(":user/sqjobs-"), "\(identity)")
        #expect(access.endpoint.absoluteString == server.endpoint)
    }

    @Test func `a role is taken on with a user's keys, and another role with the first one's`() async throws {
        let server = try LocalAWS()
        let first = try await server.makeRole(action: "sts:AssumeRole", principal: #"{"AWS": "*"}"#)
        let second = try await server.makeRole(action: "sts:AssumeRole", principal: #"{"AWS": "*"}"#, externalID: "x/1")
        let config = """
            [profile user]
            \(keys(server.user))
            [profile first]
            role_arn = \(first)
            source_profile = user
            role_session_name = one
            [profile second]
            role_arn = \(second)
            source_profile = first
            external_id = x/1
            duration_seconds = 900
            """
        let access = try await server.access(["AWS_PROFILE": "second"], files: ["/home/me/.aws/config": config])
        let credentials = try await access.credentials.credentials()
        let identity = try await server.identity(of: credentials)
        #expect(identity.contains(":assumed-role/\(second.split(separator: "/").last ?? "")/sqjobs-"), "\(identity)")
        #expect(credentials.sessionToken != nil)
        let left = try #require(credentials.expiration).timeIntervalSinceNow
        #expect((800...960).contains(left))
    }

    @Test func `a wrong secret, a wrong external id and a role that is not there are refused in one sentence each`()
        async throws
    {
        let server = try LocalAWS()
        let role = try await server.makeRole(action: "sts:AssumeRole", principal: #"{"AWS": "*"}"#, externalID: "right")
        let wrong = AWSCredentials(accessKeyID: server.user.accessKeyID, secretAccessKey: "WRONG-SECRET")
        for (user, arn, externalID) in [
            (wrong, role, "right"), (server.user, role, "wrong"), (server.user, role + "-missing", "right"),
        ] {
            let config = "[default]\nrole_arn=\(arn)\nsource_profile=default\nexternal_id=\(externalID)\n\(keys(user))"
            let access = try await server.access([:], files: ["/home/me/.aws/config": config])
            let error = await CredentialWorld.error { _ = try await access.credentials.credentials() }
            #expect(error?.code == .credentials)
            #expect(
                error?.message.hasPrefix("AWS STS refused credentials for \(arn) (") == true, "\(error?.message ?? "")")
            #expect(error?.message.contains(user.secretAccessKey) == false)
        }
    }

    @Test func `a web identity's token is exchanged for a role's credentials`() async throws {
        let server = try LocalAWS()
        let role = try await server.makeRole(
            action: "sts:AssumeRoleWithWebIdentity",
            principal: #"{"Federated": "arn:aws:iam::000000000000:oidc-provider/oidc.example"}"#)
        func base64url(_ text: String) -> String {
            Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
                "=", with: "")
        }
        let claims = #"{"iss": "https://oidc.example", "sub": "worker", "aud": "sts.amazonaws.com"}"#
        let token = "\(base64url(#"{"alg": "none"}"#)).\(base64url(claims)).\(base64url("signature"))"
        let access = try await server.access(
            ["AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": role, "AWS_ROLE_SESSION_NAME": "worker-1"],
            files: ["/token": token + "\n"])
        let identity = try await server.identity(of: access.credentials.credentials())
        #expect(identity.hasSuffix("/worker-1"), "\(identity)")
    }

    @Test func `region and credentials come from the instance metadata service, by its second version`() async throws {
        let server = try LocalAWS()
        let access = try await server.access([
            "AWS_REGION": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.endpoint,
            "AWS_METADATA_SERVICE_TIMEOUT": "30",
        ])
        #expect(access.region == "us-east-1")
        let credentials = try await access.credentials.credentials()
        #expect(credentials.accessKeyID.hasPrefix("ASIA"))
        #expect(credentials.sessionToken != nil)
        #expect(try #require(credentials.expiration).timeIntervalSinceNow > 3_000)
    }

    @Test func `credentials come from a container's credential service`() async throws {
        let server = try LocalAWS()
        let access = try await server.access([
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.endpoint + "/v2/credentials/task",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic abc",
        ])
        let credentials = try await access.credentials.credentials()
        #expect(credentials.accessKeyID.hasPrefix("ASIA"))
        #expect(credentials.expiration != nil)
    }

    @Test func `where nothing listens there is no metadata service, which is found out at once`() async throws {
        let server = try LocalAWS()
        let access = try await server.access(["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:1"])
        let start = ContinuousClock.now
        let error = await CredentialWorld.error { _ = try await access.credentials.credentials() }
        #expect(error?.message.contains("the instance metadata service: it cannot be reached") == true)
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func `AssumeRole is signed so that the server accepts it for 100 callers with one request`() async throws {
        let server = try LocalAWS()
        let role = try await server.makeRole(action: "sts:AssumeRole", principal: #"{"AWS": "*"}"#)
        let config = "[default]\nrole_arn=\(role)\nsource_profile=default\n\(keys(server.user))"
        let access = try await server.access([:], files: ["/home/me/.aws/config": config])
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { try await access.credentials.credentials().accessKeyID } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
    }
}
