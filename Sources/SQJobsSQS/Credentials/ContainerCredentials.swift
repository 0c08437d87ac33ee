import Foundation
import SQJobsCore

/// Credentials from the service that ECS, EKS or another host offers its containers.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
struct ContainerCredentials: CredentialSource {
    /// The environment.
    let variables: EnvironmentVariables
    /// Reads the token's file.
    let reader: FileReader
    /// What sends.
    let transport: any HTTPTransport

    var name: String { "the container's credential service" }

    func load() async throws -> CredentialFinding {
        guard let url = try url() else {
            return .nothing(
                "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set")
        }
        var request = HTTPRequest("GET", url, headers: [("accept", "application/json")], timeout: .seconds(2))
        if let token = try token() { request.headers.append(("authorization", token)) }

        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch let error as TransportError {
            throw SQJobsError(
                .brokerUnavailable,
                "\(name) at \(url.host() ?? "") cannot be reached; check that it runs, and the container's network",
                underlying: error)
        }
        guard response.status == 200 else {
            throw SQJobsError(
                response.status >= 500 || response.status == 429 ? .brokerUnavailable : .credentials,
                "\(name) at \(url.host() ?? "") answered with status \(response.status); check the task's or the pod's role"
            )
        }
        return .found(try CredentialDocument.read(response.body, tokenKey: "Token", from: name))
    }

    private func url() throws -> URL? {
        if let path = variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
            guard path.hasPrefix("/"), let url = URL(string: "http://169.254.170.2" + path) else {
                throw SQJobsError(
                    .invalidConfiguration,
                    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not a path; it must begin with a slash")
            }
            return url
        }
        guard let address = variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] else { return nil }
        guard let url = URL(string: address), let host = url.host(), Self.isTrusted(host, scheme: url.scheme) else {
            throw SQJobsError(
                .invalidConfiguration,
                "AWS_CONTAINER_CREDENTIALS_FULL_URI must begin with https://, or name this machine (localhost, 127.0.0.1, "
                    + "[::1]), 169.254.170.2, 169.254.170.23 or [fd00:ec2::23]: credentials travel unencrypted to no other"
            )
        }
        return url
    }

    /// Whether credentials may come from there; a name other than `localhost` may resolve to anything.
    private static func isTrusted(_ host: String, scheme: String?) -> Bool {
        switch scheme?.lowercased() {
        case "https": return true
        case "http": break
        default: return false
        }
        let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
        if ["localhost", "::1", "169.254.170.2", "169.254.170.23", "fd00:ec2::23"].contains(bare) { return true }
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private func token() throws -> String? {
        var token = variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        if let path = variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] {
            guard let text = try reader.read(path) else {
                throw SQJobsError(
                    .credentials,
                    "\(path), which AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names, is not there; check the volume")
            }
            token = text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard let token else { return nil }
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw SQJobsError(
                .credentials, "the container's authorization token is empty or has more than one line; mount it again")
        }
        return token
    }
}
