import Foundation
import SQJobsCore

/// Finds out where a service is.
///
/// An address that the app gives wins; then come the variable of the service, the variable of all services, the
/// profile's `services` section, the profile's `endpoint_url`, and last the host name that AWS has for the region:
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html and
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
struct EndpointRules: Sendable {
    /// What the environment and the files say.
    let settings: AWSSettings

    /// The address of a service.
    ///
    /// - Parameters:
    ///   - service: The service.
    ///   - region: The region; a checked one, since it becomes part of a host name.
    ///   - explicit: The address that the app gives, if it gives one.
    /// - Throws: `SQJobsError` with the code `invalidConfiguration` when a setting cannot be used.
    func endpoint(of service: AWSService, region: String, explicit: String? = nil) throws -> URL {
        let wantsFIPS = try settings.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")
        let wantsDualStack = try settings.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")
        guard let configured = try configured(service, explicit: explicit) else {
            let host = host(of: service, region: region, fips: wantsFIPS, dualStack: wantsDualStack)
            return try Self.url("https://\(host)", from: "the region \(region)")
        }
        // As in AWS's own rules: whoever asks for FIPS must not silently get an address that nobody vouches for.
        guard !wantsFIPS, !wantsDualStack else {
            let wish = wantsFIPS ? "AWS_USE_FIPS_ENDPOINT" : "AWS_USE_DUALSTACK_ENDPOINT"
            throw SQJobsError(
                .invalidConfiguration,
                "\(wish) (or its setting in the profile) cannot be combined with the endpoint from \(configured.origin); "
                    + "remove one of the two")
        }
        return try Self.url(configured.address, from: configured.origin)
    }

    private func configured(_ service: AWSService, explicit: String?) throws -> (address: String, origin: String)? {
        if let explicit { return (explicit, "the app") }
        let isIgnored = try settings.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")
        guard !isIgnored else { return nil }

        for variable in [service.endpointVariable, "AWS_ENDPOINT_URL"] {
            if let address = settings.variables[variable] { return (address, variable) }
        }
        guard let profile = settings.profile else { return nil }
        if let name = profile["services"] {
            guard let services = settings.profiles.services[name] else {
                throw SQJobsError(
                    .invalidConfiguration,
                    "the profile \"\(profile.name)\" names the services section \"\(name)\", which \(settings.files.configPath) "
                        + "does not have; add [services \(name)] or remove the setting")
            }
            if let address = services.nested[service.name]?["endpoint_url"] {
                return (address, "the services section \"\(name)\"")
            }
        }
        return profile["endpoint_url"].map { ($0, "endpoint_url of the profile \"\(profile.name)\"") }
    }

    private func host(of service: AWSService, region: String, fips: Bool, dualStack: Bool) -> String {
        let partition = AWSPartition.of(region: region)
        let suffix = dualStack ? partition.dualStackSuffix : partition.suffix
        let isPlainFIPS = partition == .government && !dualStack
        let prefix = fips && !isPlainFIPS ? "\(service.name)-fips" : service.name
        return "\(prefix).\(region).\(suffix)"
    }

    /// An address as a URL; the message leaves out user and password, should there be any.
    private static func url(_ address: String, from origin: String) throws -> URL {
        guard let url = URL(string: address), let host = url.host(), !host.isEmpty,
            ["http", "https"].contains(url.scheme?.lowercased())
        else {
            throw SQJobsError(
                .invalidConfiguration,
                "the endpoint from \(origin) is not an address; write one such as http://127.0.0.1:4566")
        }
        guard url.user == nil, url.password == nil, url.query == nil, url.fragment == nil else {
            throw SQJobsError(
                .invalidConfiguration,
                "the endpoint from \(origin) has a user, a query or a fragment; write scheme, host and port alone")
        }
        return url
    }
}
