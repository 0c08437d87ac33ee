import Foundation
import SQJobsCore

/// The service that an EC2 machine asks about itself, in its second version: a token first, then questions with it.
///
/// Its answer tells whether this is such a machine at all, so waits are short.
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html and
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
struct InstanceMetadata: Sendable {
    /// What the environment and the files say.
    let settings: AWSSettings
    /// What sends.
    let transport: any HTTPTransport
    /// What waits between attempts.
    let clock: JobClock

    /// What the service answered.
    enum Answer: Sendable {
        /// The text.
        case text(Data)
        /// Nothing; the text says why.
        case nothing(String)
    }

    /// The region that the machine is in; nil if there is no such service here.
    ///
    /// - Throws: `SQJobsError` with the code `invalidConfiguration` when a setting is wrong; `CancellationError`.
    func region() async throws -> String? {
        guard case .text(let region) = try await get("placement/region") else { return nil }
        return String(decoding: region, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Asks for something below `/latest/meta-data/`.
    ///
    /// - Throws: `SQJobsError` with the code `invalidConfiguration` when a setting is wrong; `CancellationError`.
    func get(_ path: String) async throws -> Answer {
        guard try !settings.flag("AWS_EC2_METADATA_DISABLED") else {
            return .nothing("AWS_EC2_METADATA_DISABLED is true")
        }
        let base = try base()
        let timeout = Duration.seconds(try whole("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"))
        let attempts = try whole("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts")
        let transport = RetryingTransport(transport, clock: clock, attempts: attempts)

        let tokenRequest = HTTPRequest(
            "PUT", base.appending(path: "latest/api/token"),
            headers: [("x-aws-ec2-metadata-token-ttl-seconds", "21600")], timeout: timeout)
        let tokenResponse: HTTPResponse
        do {
            tokenResponse = try await transport.send(tokenRequest)
        } catch let error as TransportError {
            return .nothing(error.isTimeout ? "it did not answer in time" : "it cannot be reached")
        }
        let token = String(decoding: tokenResponse.body, as: UTF8.self)
        guard tokenResponse.status == 200, !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return .nothing("it gave no token but status \(tokenResponse.status)")
        }

        let request = HTTPRequest(
            "GET", base.appending(path: "latest/meta-data/" + path),
            headers: [("x-aws-ec2-metadata-token", token)], timeout: timeout)
        do {
            let response = try await transport.send(request)
            guard response.status == 200, !response.body.isEmpty else {
                return .nothing("it answered /latest/meta-data/\(path) with status \(response.status)")
            }
            return .text(response.body)
        } catch let error as TransportError {
            return .nothing(error.isTimeout ? "it stopped answering" : "it can no longer be reached")
        }
    }

    private func base() throws -> URL {
        let mode = settings.value("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")
        let standard: String
        switch mode?.lowercased() {
        case nil, "ipv4": standard = "http://169.254.169.254"
        case "ipv6": standard = "http://[fd00:ec2::254]"
        case let other?:
            throw SQJobsError(
                .invalidConfiguration,
                "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is \"\(other)\"; it must be IPv4 or IPv6")
        }
        let address = settings.value("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")
        guard let url = URL(string: address ?? standard), url.host() != nil, ["http", "https"].contains(url.scheme)
        else {
            throw SQJobsError(
                .invalidConfiguration,
                "AWS_EC2_METADATA_SERVICE_ENDPOINT is not an address; write one such as http://169.254.169.254")
        }
        return url
    }

    /// A number from 1 to 60; 1 when it is not set, as with AWS's own tools.
    private func whole(_ variable: String, _ key: String) throws -> Int {
        guard let text = settings.value(variable, key) else { return 1 }
        guard let number = Int(text), (1...60).contains(number) else {
            throw SQJobsError(.invalidConfiguration, "\(variable) is \"\(text)\"; it must be a number from 1 to 60")
        }
        return number
    }
}
