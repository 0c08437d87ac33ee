import Foundation
import SQJobsCore
import Synchronization
import Testing

@testable import SQJobsSQS

@Suite struct ProfileCredentialsTests {
    private func world(_ config: String, credentials: String = "") -> CredentialWorld {
        CredentialWorld(
            environment: CredentialWorld.home,
            files: [
                "/home/me/.aws/config": config, "/home/me/.aws/credentials": credentials, "/token": "jwt-from-file\n",
            ],
            // Who takes on a role with the key K becomes "K>role".
            transport: CredentialTransport { request in
                guard request.url.host() == "sts.eu-west-1.amazonaws.com" else { return .plain("", status: 404) }
                let role = (request.formFields["RoleArn"] ?? "").filter { $0.isASCII && $0 != "/" && $0 != " " }
                if request.formFields["Action"] == "AssumeRoleWithWebIdentity" {
                    return .role("web>\(role)", until: "2026-01-01T01:00:00Z")
                }
                let signer = request.field("authorization")?.firstMatch(of: /Credential=([^\/]*)\//)?.output.1
                return .role("\(signer ?? "nobody")>\(role)", until: "2026-01-01T01:00:00Z")
            })
    }

    private func id(_ profile: String, of config: String, credentials: String = "") async throws -> String {
        try await world(config, credentials: credentials).credentials(profile: profile).accessKeyID
    }

    private func message(_ profile: String, of config: String, credentials: String = "") async -> String {
        let error = await CredentialWorld.error {
            _ = try await world(config, credentials: credentials).credentials(profile: profile)
        }
        return error.map { "\($0.code): \($0.message)" } ?? "no error"
    }

    @Test func `keys come from either file, key and secret and token from the same`() async throws {
        let keys = """
            [default]
            aws_access_key_id = A
            aws_secret_access_key = a
            [profile other]
            aws_access_key_id = B
            aws_secret_access_key = b
            aws_session_token = bt
            """
        let override =
            "[default]\naws_access_key_id=C\naws_secret_access_key=c\n[other]\naws_access_key_id=D\naws_secret_access_key=d"
        #expect(try await id("default", of: keys) == "A")
        #expect(
            try await world(keys).credentials(profile: "other")
                == AWSCredentials(accessKeyID: "B", secretAccessKey: "b", sessionToken: "bt"))
        #expect(try await id("default", of: keys, credentials: override) == "C")
        #expect(
            try await world(keys, credentials: override).credentials(profile: "other")
                == AWSCredentials(accessKeyID: "D", secretAccessKey: "d"))
    }

    @Test func `AWS_PROFILE names the profile, and one that is not there is an error that names both files`()
        async throws
    {
        var world = world("[profile a]\naws_access_key_id=A\naws_secret_access_key=a")
        world.environment["AWS_PROFILE"] = "a"
        #expect(try await world.credentials().accessKeyID == "A")
        world.environment["AWS_PROFILE"] = "b"
        let error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(error?.code == .invalidConfiguration)
        #expect(
            error?.message
                == "the profile \"b\" is neither in /home/me/.aws/config nor in /home/me/.aws/credentials; add it there, or "
                + "name another one in AWS_PROFILE")
    }

    @Test func `a key that was changed in the file is found after AWS refused the old one`() async throws {
        let box = FileBox("[default]\naws_access_key_id=OLD\naws_secret_access_key=a")
        var surroundings = CredentialWorld(environment: CredentialWorld.home).surroundings
        surroundings.reader = FileReader { $0.hasSuffix("credentials") ? box.text : nil }
        let provider = try await AWSAccess.find(in: surroundings).credentials
        let old = try await provider.credentials()
        box.text = "[default]\naws_access_key_id=NEW\naws_secret_access_key=a"
        #expect(try await provider.credentials().accessKeyID == "OLD")
        await provider.invalidate(old)
        #expect(try await provider.credentials().accessKeyID == "NEW")
    }

    @Test func `a role is taken on with the source profile's credentials, through any number of profiles`() async throws
    {
        let config = """
            [profile one]
            role_arn = r1
            source_profile = two
            [profile two]
            role_arn = r2
            source_profile = three
            [profile three]
            aws_access_key_id = K
            aws_secret_access_key = k
            """
        #expect(try await id("two", of: config) == "K>r2")
        #expect(try await id("one", of: config) == "K>r2>r1")
    }

    @Test func `a role's settings are sent`() async throws {
        let world = world(
            """
            [default]
            role_arn = arn:aws:iam::1:role/r é
            source_profile = default
            role_session_name = my-session
            external_id = x/y&z
            duration_seconds = 900
            aws_access_key_id = K
            aws_secret_access_key = k
            """)
        #expect(try await world.credentials().accessKeyID == "K>arn:aws:iam::1:roler")
        #expect(
            world.transport.requests.map(\.formFields) == [
                [
                    "Action": "AssumeRole", "Version": "2011-06-15", "RoleArn": "arn:aws:iam::1:role/r é",
                    "RoleSessionName": "my-session", "ExternalId": "x/y&z", "DurationSeconds": "900",
                ]
            ])
    }

    @Test func `a session has a name of its own unless the profile gives one`() async throws {
        let world = world(
            "[default]\nrole_arn=r\nsource_profile=k\n[profile k]\naws_access_key_id=K\naws_secret_access_key=k")
        _ = try await world.credentials()
        #expect(world.transport.requests.first?.formFields["RoleSessionName"] == "sqjobs-1767225600")
    }

    @Test func `a source's own keys count before its own role`() async throws {
        let config = """
            [profile a]
            role_arn = r1
            source_profile = b
            [profile b]
            role_arn = r2
            source_profile = c
            aws_access_key_id = K
            aws_secret_access_key = k
            """
        #expect(try await id("a", of: config) == "K>r1")
    }

    @Test func `a role may be taken on with credentials from the environment, the container or the machine`()
        async throws
    {
        var world = world("[default]\nrole_arn = r\ncredential_source = environment")
        world.environment.merge(["AWS_ACCESS_KEY_ID": "E", "AWS_SECRET_ACCESS_KEY": "e"]) { $1 }
        #expect(try await world.credentials(profile: "default").accessKeyID == "E>r")

        #expect(
            await message("default", of: "[default]\nrole_arn = r\ncredential_source = Ec2InstanceMetadata")
                == "credentials: the profile \"default\" takes on its role with credentials from the instance metadata "
                + "service, where there are none: it gave no token but status 404")
        #expect(
            await message("default", of: "[default]\nrole_arn = r\ncredential_source = Mars")
                == "invalidConfiguration: the profile \"default\" has \"Mars\" as credential_source; write "
                + "Ec2InstanceMetadata, EcsContainer, Environment or use source_profile")
    }

    @Test func `a profile may have a web identity, for itself and as a source`() async throws {
        let config = """
            [profile web]
            role_arn = r1
            web_identity_token_file = /token
            [profile then]
            role_arn = r2
            source_profile = web
            """
        let world = world(config)
        #expect(try await world.credentials(profile: "web").accessKeyID == "web>r1")
        #expect(world.transport.requests.first?.formFields["WebIdentityToken"] == "jwt-from-file")
        #expect(world.transport.requests.first?.field("authorization") == nil)
        #expect(try await id("then", of: config) == "web>r1>r2")
    }

    @Test(arguments: [
        ("[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nrole_arn=r\nsource_profile=a", "a → b → a"),
        (
            "[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nrole_arn=r\nsource_profile=c\n"
                + "[profile c]\nrole_arn=r\nsource_profile=b", "a → b → c → b"
        ),
        ("[profile a]\nrole_arn=r\nsource_profile=b\n[profile b]\nrole_arn=r\nsource_profile=b", "a → b → b"),
    ])
    func `profiles that go round in a circle are an error that shows the circle`(config: String, circle: String) async {
        let message = await message("a", of: config)
        #expect(message.hasPrefix("invalidConfiguration: the profile \""))
        #expect(message.hasSuffix("goes round in a circle by source_profile: \(circle)"), "\(message)")
    }

    @Test(arguments: [
        ("role_arn=r", "has role_arn, but not who takes the role on"),
        (
            "role_arn=r\nsource_profile=b\ncredential_source=Environment",
            "has both source_profile and credential_source"
        ),
        ("role_arn=r\nsource_profile=b", "has \"b\" as source_profile, which neither file has"),
        ("role_arn=r\nsource_profile=a", "names itself as source_profile, but has no keys"),
        ("role_arn=r\nsource_profile=k\nduration_seconds=60", "has \"60\" as duration_seconds"),
        ("role_arn=r\nsource_profile=k\nduration_seconds=long", "has \"long\" as duration_seconds"),
        ("role_arn=r\nsource_profile=empty", "is a source_profile, but has no keys"),
        ("role_arn=r\nsource_profile=k\nmfa_serial=m", "asks for a one-time code (mfa_serial)"),
        ("sso_session=s", "signs in through a browser (sso or aws login), which SQJobs does not do"),
        ("sso_start_url=s", "signs in through a browser (sso or aws login), which SQJobs does not do"),
        ("login_session=s", "signs in through a browser (sso or aws login), which SQJobs does not do"),
        ("aws_access_key_id=A", "has aws_access_key_id without aws_secret_access_key"),
    ])
    func `a profile that cannot be used says why and what to do`(settings: String, reason: String) async {
        let message = await message(
            "a",
            of:
                "[profile a]\n\(settings)\n[profile k]\naws_access_key_id=K\naws_secret_access_key=SECRET\n[profile empty]"
        )
        #expect(message.hasPrefix("invalidConfiguration: the profile \""))
        #expect(message.contains(reason), "\(message)")
        #expect(!message.contains("SECRET"))
    }

    @Test func `keys beside an sso session are used`() async throws {
        #expect(
            try await id(
                "a", of: "[profile a]\nsso_session=s", credentials: "[a]\naws_access_key_id=K\naws_secret_access_key=k")
                == "K")
    }

    @Test func `a secret on an indented line is never taken for the key's id`() async {
        let message = await message(
            "default", of: "[default]\naws_access_key_id = A\n  aws_secret_access_key = SECRET")
        #expect(message.contains("has aws_access_key_id without aws_secret_access_key"))
        #expect(!message.contains("SECRET"))
    }

    @Test func `a profile without anything leaves the search to the next place`() async throws {
        var world = world("[default]\nregion = eu-west-1")
        world.environment["AWS_EC2_METADATA_DISABLED"] = "true"
        let error = await CredentialWorld.error { _ = try await world.credentials() }
        #expect(
            error?.message.contains("the profile \"default\": it has no keys, no role and no credential_process")
                == true)
        #expect(error?.message.contains("the instance metadata service: AWS_EC2_METADATA_DISABLED is true") == true)
        #expect(world.transport.requests.isEmpty)
    }

    @Test func `a role's credentials are renewed when they end`() async throws {
        let world = world(
            "[default]\nrole_arn=r\nsource_profile=k\n[profile k]\naws_access_key_id=K\naws_secret_access_key=k")
        let provider = try await world.access().credentials
        _ = try await provider.credentials()
        world.clock.advance(minutes: 44)
        _ = try await provider.credentials()
        #expect(world.transport.requests.count == 1)
        world.clock.advance(minutes: 8)
        _ = try await provider.credentials()
        #expect(world.transport.requests.count == 2)
    }
}

/// A file that a test rewrites.
private final class FileBox: Sendable {
    private let content: Mutex<String>

    init(_ text: String) { content = Mutex(text) }

    var text: String {
        get { content.withLock { $0 } }
        set { content.withLock { $0 = newValue } }
    }
}
