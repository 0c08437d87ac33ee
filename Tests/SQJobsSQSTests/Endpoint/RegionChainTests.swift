import Foundation
import SQJobsCore
import Testing

@testable import SQJobsSQS

@Suite struct RegionChainTests {
    private func world(_ variables: [String: String], config: String = "[default]\nregion = profile-1")
        -> CredentialWorld
    {
        CredentialWorld(
            environment: variables.merging(["HOME": "/h"]) { $1 }, files: ["/h/.aws/config": config],
            transport: CredentialTransport { request in
                switch (request.method, request.url.path()) {
                case ("PUT", _): .plain("t")
                case ("GET", "/latest/meta-data/placement/region"): .plain("machine-1\n")
                default: .plain("", status: 404)
                }
            })
    }

    @Test func `the region is the app's, that of two variables, the profile's, or the machine's, in this order`()
        async throws
    {
        var variables = ["AWS_REGION": "variable-1", "AWS_DEFAULT_REGION": "variable-2"]
        #expect(try await world(variables).access(AWSAccess.Wishes(region: "app-1")).region == "app-1")
        #expect(try await world(variables).access().region == "variable-1")
        variables["AWS_REGION"] = nil
        #expect(try await world(variables).access().region == "variable-2")
        #expect(try await world([:]).access().region == "profile-1")
        let machine = world([:], config: "")
        let access = try await machine.access()
        #expect(access.region == "machine-1")
        #expect(access.endpoint.absoluteString == "https://sqs.machine-1.amazonaws.com")
    }

    @Test func `the named profile's region counts, not the default's`() async throws {
        let config = "[default]\nregion = profile-1\n[profile b]\nregion = profile-2\n[profile c]"
        #expect(try await world(["AWS_PROFILE": "b"], config: config).access().region == "profile-2")
        #expect(try await world([:], config: config).access(AWSAccess.Wishes(profile: "b")).region == "profile-2")
        #expect(try await world(["AWS_PROFILE": "c"], config: config).access().region == "machine-1")
    }

    @Test func `without any region there is one sentence that says what to do`() async {
        let error = await CredentialWorld.error {
            _ = try await world(["AWS_EC2_METADATA_DISABLED": "true"], config: "").access()
        }
        #expect(error?.code == .invalidConfiguration)
        #expect(
            error?.message
                == "no AWS region is known: set AWS_REGION, give one in code, or write \"region = …\" into the profile "
                + "\"default\" in /h/.aws/config")
    }

    @Test(arguments: ["eu west", "evil.example/", "EU-WEST-1", "-a", "a-", "é", String(repeating: "a", count: 64)])
    func `a name that is no region never becomes a host`(name: String) async {
        let error = await CredentialWorld.error { _ = try await world(["AWS_REGION": name]).access() }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains("the region from AWS_REGION, is not one") == true)
    }
}
