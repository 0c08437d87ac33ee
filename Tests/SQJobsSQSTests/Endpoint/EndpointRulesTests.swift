import Foundation
import SQJobsCore
import Testing

@testable import SQJobsSQS

@Suite struct EndpointRulesTests {
    private func endpoint(
        _ variables: [String: String] = [:], config: String = "", service: AWSService = .sqs,
        region: String = "eu-west-1",
        explicit: String? = nil
    ) throws -> String {
        let world = CredentialWorld(
            environment: variables.merging(["HOME": "/h"]) { $1 }, files: ["/h/.aws/config": config])
        return try EndpointRules(settings: try world.settings())
            .endpoint(of: service, region: region, explicit: explicit).absoluteString
    }

    /// Region, address, FIPS, dual stack, both: as the rule sets that AWS publishes for its SDKs have them.
    @Test(arguments: [
        (
            "eu-west-1", "sqs.eu-west-1.amazonaws.com", "sqs-fips.eu-west-1.amazonaws.com", "sqs.eu-west-1.api.aws",
            "sqs-fips.eu-west-1.api.aws"
        ),
        (
            "xx-new-9", "sqs.xx-new-9.amazonaws.com", "sqs-fips.xx-new-9.amazonaws.com", "sqs.xx-new-9.api.aws",
            "sqs-fips.xx-new-9.api.aws"
        ),
        (
            "us-gov-west-1", "sqs.us-gov-west-1.amazonaws.com", "sqs.us-gov-west-1.amazonaws.com",
            "sqs.us-gov-west-1.api.aws", "sqs-fips.us-gov-west-1.api.aws"
        ),
        (
            "cn-north-1", "sqs.cn-north-1.amazonaws.com.cn", "sqs-fips.cn-north-1.amazonaws.com.cn",
            "sqs.cn-north-1.api.amazonwebservices.com.cn", "sqs-fips.cn-north-1.api.amazonwebservices.com.cn"
        ),
        (
            "eusc-de-east-1", "sqs.eusc-de-east-1.amazonaws.eu", "sqs-fips.eusc-de-east-1.amazonaws.eu",
            "sqs.eusc-de-east-1.api.amazonwebservices.eu", "sqs-fips.eusc-de-east-1.api.amazonwebservices.eu"
        ),
        (
            "us-iso-east-1", "sqs.us-iso-east-1.c2s.ic.gov", "sqs-fips.us-iso-east-1.c2s.ic.gov",
            "sqs.us-iso-east-1.api.aws.ic.gov", "sqs-fips.us-iso-east-1.api.aws.ic.gov"
        ),
        (
            "us-isob-east-1", "sqs.us-isob-east-1.sc2s.sgov.gov", "sqs-fips.us-isob-east-1.sc2s.sgov.gov",
            "sqs.us-isob-east-1.api.aws.scloud", "sqs-fips.us-isob-east-1.api.aws.scloud"
        ),
        (
            "eu-isoe-west-1", "sqs.eu-isoe-west-1.cloud.adc-e.uk", "sqs-fips.eu-isoe-west-1.cloud.adc-e.uk",
            "sqs.eu-isoe-west-1.api.cloud-aws.adc-e.uk", "sqs-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk"
        ),
        (
            "us-isof-south-1", "sqs.us-isof-south-1.csp.hci.ic.gov", "sqs-fips.us-isof-south-1.csp.hci.ic.gov",
            "sqs.us-isof-south-1.api.aws.hci.ic.gov", "sqs-fips.us-isof-south-1.api.aws.hci.ic.gov"
        ),
    ])
    func `each partition has its host names`(row: (String, String, String, String, String)) throws {
        let (region, standard, fips, dualStack, both) = row
        let wantsFIPS = ["AWS_USE_FIPS_ENDPOINT": "true"]
        let wantsDualStack = ["AWS_USE_DUALSTACK_ENDPOINT": "true"]
        #expect(try endpoint(region: region) == "https://" + standard)
        #expect(try endpoint(wantsFIPS, region: region) == "https://" + fips)
        #expect(try endpoint(wantsDualStack, region: region) == "https://" + dualStack)
        #expect(try endpoint(wantsFIPS.merging(wantsDualStack) { $1 }, region: region) == "https://" + both)
        #expect(try endpoint(service: .sts, region: region) == "https://" + standard.replacing("sqs", with: "sts"))
    }

    @Test
    func `a configured address is taken from the app, variables, the services section and the profile, in this order`()
        throws
    {
        let config = """
            [default]
            services = local
            endpoint_url = http://profile
            [services local]
            sqs =
              endpoint_url = http://section-sqs
            """
        var variables = ["AWS_ENDPOINT_URL_SQS": "http://variable-sqs", "AWS_ENDPOINT_URL": "http://variable"]
        #expect(try endpoint(variables, config: config, explicit: "http://app:1") == "http://app:1")
        #expect(try endpoint(variables, config: config) == "http://variable-sqs")
        #expect(try endpoint(variables, config: config, service: .sts) == "http://variable")
        variables["AWS_ENDPOINT_URL_SQS"] = nil
        #expect(try endpoint(variables, config: config) == "http://variable")
        variables["AWS_ENDPOINT_URL"] = nil
        #expect(try endpoint(variables, config: config) == "http://section-sqs")
        #expect(try endpoint(variables, config: config, service: .sts) == "http://profile")
    }

    @Test func `configured addresses can be ignored, save the app's own`() throws {
        let config = "[default]\nendpoint_url = http://profile\nignore_configured_endpoint_urls = true"
        #expect(try endpoint(config: config) == "https://sqs.eu-west-1.amazonaws.com")
        #expect(try endpoint(config: config, explicit: "http://app") == "http://app")
        #expect(try endpoint(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false"], config: config) == "http://profile")
        let variables = ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_ENDPOINT_URL_SQS": "http://variable"]
        #expect(try endpoint(variables) == "https://sqs.eu-west-1.amazonaws.com")
    }

    @Test func `FIPS and dual stack may stand in the profile`() throws {
        #expect(
            try endpoint(config: "[default]\nuse_fips_endpoint = true")
                == "https://sqs-fips.eu-west-1.amazonaws.com")
        #expect(try endpoint(config: "[default]\nuse_dualstack_endpoint = true") == "https://sqs.eu-west-1.api.aws")
    }

    @Test(arguments: [
        (["AWS_ENDPOINT_URL": "nowhere"], "", "the endpoint from AWS_ENDPOINT_URL is not an address"),
        (["AWS_ENDPOINT_URL_SQS": "ftp://h"], "", "the endpoint from AWS_ENDPOINT_URL_SQS is not an address"),
        (["AWS_ENDPOINT_URL": "http://u:SECRET@h"], "", "has a user, a query or a fragment"),
        (["AWS_ENDPOINT_URL": "http://h/?SECRET"], "", "has a user, a query or a fragment"),
        (["AWS_USE_FIPS_ENDPOINT": "yes"], "", "AWS_USE_FIPS_ENDPOINT is \"yes\"; it must be true or false"),
        ([:], "[default]\nuse_fips_endpoint=1", "use_fips_endpoint of the profile \"default\" is \"1\""),
        ([:], "[default]\nservices=x", "names the services section \"x\", which /h/.aws/config does not have"),
        (
            [:], "[default]\nendpoint_url=x",
            "the endpoint from endpoint_url of the profile \"default\" is not an address"
        ),
        (
            ["AWS_USE_FIPS_ENDPOINT": "true", "AWS_ENDPOINT_URL": "http://h"], "",
            "AWS_USE_FIPS_ENDPOINT (or its setting in the profile) cannot be combined with the endpoint from AWS_ENDPOINT_URL"
        ),
        (
            ["AWS_USE_DUALSTACK_ENDPOINT": "true", "AWS_ENDPOINT_URL": "http://h"], "", "AWS_USE_DUALSTACK_ENDPOINT (or"
        ),
    ])
    func `a setting that cannot be used is an error that names it`(
        variables: [String: String], config: String, message: String
    ) throws {
        let error = try #require(throws: SQJobsError.self) { try endpoint(variables, config: config) }
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(!error.message.contains("SECRET"))
    }
}
