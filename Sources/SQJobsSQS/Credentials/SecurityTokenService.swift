import Foundation
import SQJobsCore

/// AWS Security Token Service, as far as taking on a role needs it.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html and
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
struct SecurityTokenService: Sendable {
    private let endpoint: URL
    private let signer: SigV4Signer
    private let clock: JobClock
    private let transport: RetryingTransport

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - endpoint: The service's address.
    ///   - region: The region that signatures name.
    ///   - transport: What sends.
    ///   - clock: The time of signatures, and what waits between attempts.
    init(endpoint: URL, region: String, transport: any HTTPTransport, clock: JobClock) {
        self.endpoint = endpoint.path().isEmpty ? endpoint.appending(path: "/") : endpoint
        signer = SigV4Signer(service: AWSService.sts.name, region: region)
        self.clock = clock
        // A role may be taken on twice: the answer that was lost is credentials that nobody uses.
        self.transport = RetryingTransport(transport, clock: clock, attempts: 3) { response in
            guard response.status < 500, response.status != 429 else { return true }
            guard response.status != 200, let code = SecurityTokenAnswer(response.body)?["Code"] else { return false }
            return Self.transientCodes.contains(code)
        }
    }

    /// Takes on a role with credentials that may.
    ///
    /// - Throws: `SQJobsError` with the code `credentials` when AWS refuses, `brokerUnavailable` when it cannot be
    ///   reached; `CancellationError` when the task was cancelled.
    func assume(_ role: RoleRequest, with source: AWSCredentials) async throws -> AWSCredentials {
        var request = request("AssumeRole", role, [("ExternalId", role.externalID)])
        signer.sign(&request, with: source, at: clock.now())
        return try await credentials(from: request, for: role, secrets: [source.secretAccessKey, source.sessionToken])
    }

    /// Takes on a role with a token of an identity provider that the role trusts; such a request is not signed.
    ///
    /// - Throws: The same as ``assume(_:with:)``.
    func assume(_ role: RoleRequest, webIdentityToken token: String) async throws -> AWSCredentials {
        let request = request("AssumeRoleWithWebIdentity", role, [("WebIdentityToken", token)])
        return try await credentials(from: request, for: role, secrets: [token])
    }

    private func request(_ action: String, _ role: RoleRequest, _ more: [(String, String?)]) -> HTTPRequest {
        let fields =
            [
                ("Action", action), ("Version", "2011-06-15"), ("RoleArn", role.arn),
                ("RoleSessionName", role.sessionName), ("DurationSeconds", role.seconds.map(String.init)),
            ] + more
        let form = fields.compactMap { name, value in value.map { "\(name)=\(Self.formEncoded($0))" } }
        return HTTPRequest(
            "POST", endpoint, headers: [("content-type", "application/x-www-form-urlencoded; charset=utf-8")],
            body: Data(form.joined(separator: "&").utf8), timeout: .seconds(10))
    }

    private func credentials(
        from request: HTTPRequest, for role: RoleRequest, secrets: [String?]
    ) async throws -> AWSCredentials {
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch let error as TransportError {
            throw SQJobsError(
                .brokerUnavailable,
                "AWS STS at \(endpoint.host() ?? "") cannot be reached to take on \(role.arn); check the network and the region",
                underlying: error)
        }
        let answer = SecurityTokenAnswer(response.body)
        guard response.status == 200 else { throw refusal(response.status, answer, role: role, secrets: secrets) }
        guard let answer, let accessKeyID = answer["AccessKeyId"], let secretAccessKey = answer["SecretAccessKey"],
            let sessionToken = answer["SessionToken"],
            let expiration = answer["Expiration"].flatMap(CredentialDocument.date)
        else {
            throw SQJobsError(
                .credentials,
                "AWS STS at \(endpoint.host() ?? "") did not answer with credentials; check what serves there")
        }
        return try AWSCredentials(
            checking: accessKeyID, secretAccessKey, sessionToken: sessionToken, expiration: expiration, from: "AWS STS")
    }

    private func refusal(
        _ status: Int, _ answer: SecurityTokenAnswer?, role: RoleRequest, secrets: [String?]
    ) -> SQJobsError {
        let code = answer?["Code"] ?? "status \(status)"
        var said = [code, answer?["Message"]].compactMap(\.self).joined(separator: ": ")
        // Some refusals quote the parameter that they don't like.
        if secrets.contains(where: { $0.map(said.contains) ?? false }) { said = "status \(status)" }
        let isTransient = status >= 500 || status == 429 || Self.transientCodes.contains(code)
        return SQJobsError(
            isTransient ? .brokerUnavailable : .credentials,
            isTransient
                ? "AWS STS cannot give credentials for \(role.arn) now (\(said)); try again later"
                : "AWS STS refused credentials for \(role.arn) (\(said)); check the role's trust policy and who takes it on"
        )
    }

    private static let transientCodes: Set = [
        "Throttling", "ThrottlingException", "RequestThrottled", "RequestTimeout", "IDPCommunicationError",
        "InternalFailure", "ServiceUnavailable",
    ]

    private static func formEncoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    /// What RFC 3986, section 2.3, calls unreserved.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
