/// A service that SQJobs talks to.
enum AWSService: String, Sendable {
    /// Amazon Simple Queue Service.
    case sqs
    /// AWS Security Token Service, which gives out the credentials of roles.
    case sts

    /// The name in host names, in a signature's scope and in a `services` section.
    var name: String { rawValue }

    /// The variable that sets this service's endpoint alone.
    var endpointVariable: String { "AWS_ENDPOINT_URL_\(rawValue.uppercased())" }
}
