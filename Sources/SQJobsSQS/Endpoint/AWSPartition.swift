import Foundation

/// A part of AWS with accounts and host names of its own.
///
/// AWS publishes the list as `partitions.json` with its SDKs:
/// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
struct AWSPartition: Sendable, Equatable {
    /// The partition's name, as ARNs have it.
    let name: String
    /// What the names of its regions begin with.
    let regionPrefix: String
    /// What its host names end with.
    let suffix: String
    /// What its host names that have IPv6 end with.
    let dualStackSuffix: String

    /// The commercial regions; also those that are not known yet, so that a new one needs no new release.
    static let standard = AWSPartition(
        name: "aws", regionPrefix: "", suffix: "amazonaws.com", dualStackSuffix: "api.aws")

    /// The partition whose host names are named as the commercial ones, and whose FIPS endpoints are the ordinary ones.
    static let government = AWSPartition(
        name: "aws-us-gov", regionPrefix: "us-gov-", suffix: "amazonaws.com", dualStackSuffix: "api.aws")

    private static let others = [
        government,
        AWSPartition(
            name: "aws-cn", regionPrefix: "cn-", suffix: "amazonaws.com.cn",
            dualStackSuffix: "api.amazonwebservices.com.cn"),
        AWSPartition(
            name: "aws-eusc", regionPrefix: "eusc-", suffix: "amazonaws.eu",
            dualStackSuffix: "api.amazonwebservices.eu"),
        AWSPartition(
            name: "aws-iso", regionPrefix: "us-iso-", suffix: "c2s.ic.gov", dualStackSuffix: "api.aws.ic.gov"),
        AWSPartition(
            name: "aws-iso-b", regionPrefix: "us-isob-", suffix: "sc2s.sgov.gov", dualStackSuffix: "api.aws.scloud"),
        AWSPartition(
            name: "aws-iso-e", regionPrefix: "eu-isoe-", suffix: "cloud.adc-e.uk",
            dualStackSuffix: "api.cloud-aws.adc-e.uk"),
        AWSPartition(
            name: "aws-iso-f", regionPrefix: "us-isof-", suffix: "csp.hci.ic.gov",
            dualStackSuffix: "api.aws.hci.ic.gov"),
    ]

    /// The partition of a region.
    static func of(region: String) -> AWSPartition {
        others.first { region.hasPrefix($0.regionPrefix) } ?? standard
    }
}
