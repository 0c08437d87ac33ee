import SQJobsCore

/// Finds out which region to use: the app's, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's, that of the machine.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html
struct RegionChain: Sendable {
    /// What the environment and the files say.
    let settings: AWSSettings
    /// The service that tells an EC2 machine where it is.
    let metadata: InstanceMetadata

    /// The region.
    ///
    /// - Parameter explicit: The region that the app gives, if it gives one.
    /// - Throws: `SQJobsError` with the code `invalidConfiguration` when there is none, or a name that cannot be one;
    ///   `CancellationError` when the task was cancelled.
    func region(explicit: String? = nil) async throws -> String {
        for (region, origin) in [
            (explicit, "the app"),
            (settings.variables["AWS_REGION"], "AWS_REGION"),
            (settings.variables["AWS_DEFAULT_REGION"], "AWS_DEFAULT_REGION"),
            (settings.profile?["region"], "the profile \"\(settings.profileName)\""),
        ] {
            if let region { return try Self.checked(region, from: origin) }
        }
        if let region = try await metadata.region() {
            return try Self.checked(region, from: "the instance metadata service")
        }
        throw SQJobsError(
            .invalidConfiguration,
            "no AWS region is known: set AWS_REGION, give one in code, or write \"region = …\" into the profile "
                + "\"\(settings.profileName)\" in \(settings.files.configPath)")
    }

    /// A region's name becomes part of a host name, so it may only hold what fits there.
    private static func checked(_ region: String, from origin: String) throws -> String {
        let fits = region.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        guard fits, (1...63).contains(region.utf8.count), !region.hasPrefix("-"), !region.hasSuffix("-") else {
            throw SQJobsError(
                .invalidConfiguration,
                "\"\(region)\", the region from \(origin), is not one; write one such as eu-west-1")
        }
        return region
    }
}
