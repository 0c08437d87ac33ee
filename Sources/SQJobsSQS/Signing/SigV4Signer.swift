import Crypto
import Synchronization

import struct Foundation.Data
import struct Foundation.Date

/// Signs requests with AWS Signature Version 4, for one service in one region.
///
/// The rules are those of "Create a signed AWS API request" in AWS's IAM User Guide. The request itself says what is
/// signed: all of its header fields but those of ``CanonicalRequest/unsignedHeaders``.
final class SigV4Signer: Sendable {
    /// A signing key, and what it was derived from; it is good for a day.
    private struct DerivedKey {
        let secret: String
        let day: String
        let key: SymmetricKey
    }

    private let service: String
    private let region: String
    private let derived = Mutex<DerivedKey?>(nil)
    private let stamps = Mutex<SigningTime?>(nil)

    /// Makes a signer.
    ///
    /// - Parameters:
    ///   - service: The service's signing name, such as `sqs` or `sts`.
    ///   - region: The region's name, such as `eu-west-1`.
    init(service: String, region: String) {
        self.service = service
        self.region = region
    }

    /// Adds `Host`, `X-Amz-Date`, `Authorization` and, for temporary credentials, `X-Amz-Security-Token` to a request.
    ///
    /// Fields of these names that are there already are replaced, so that a request can be signed anew.
    ///
    /// - Parameters:
    ///   - request: The request, complete: whatever changes later breaks the signature.
    ///   - credentials: What to sign with.
    ///   - date: The time, which may be at most five minutes from AWS's.
    func sign(_ request: inout HTTPRequest, with credentials: AWSCredentials, at date: Date) {
        let time = time(of: date)
        request.headers.removeAll { Self.ownHeaders.contains($0.name) }
        request.headers.append(("Host", request.url.authority))
        request.headers.append(("X-Amz-Date", time.stamp))
        if let token = credentials.sessionToken { request.headers.append(("X-Amz-Security-Token", token)) }

        let canonical = CanonicalRequest(
            method: request.method, path: request.url.path(percentEncoded: true),
            query: request.url.query(percentEncoded: true) ?? "", headers: request.headers, body: request.body)
        request.headers.append(("Authorization", authorization(canonical, with: credentials, at: time)))
    }

    /// The value of the `Authorization` field for a request in canonical form.
    func authorization(
        _ canonical: CanonicalRequest, with credentials: AWSCredentials, at time: SigningTime
    ) -> String {
        let scope = "\(time.day)/\(region)/\(service)/aws4_request"
        let digest = Hex.string(SHA256.hash(data: canonical.bytes))
        let text = "AWS4-HMAC-SHA256\n\(time.stamp)\n\(scope)\n\(digest)"
        let key = key(secret: credentials.secretAccessKey, day: time.day)
        let signature = Hex.string(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
        return "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), "
            + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"
    }

    private static let ownHeaders: Set<String> = ["Host", "X-Amz-Date", "X-Amz-Security-Token", "Authorization"]

    /// The key of a day; deriving it takes four HMACs, so that the last one is kept.
    private func key(secret: String, day: String) -> SymmetricKey {
        derived.withLock { kept in
            if let kept, kept.day == day, kept.secret == secret { return kept.key }
            var key = SymmetricKey(data: Data("AWS4\(secret)".utf8))
            for part in [day, region, service, "aws4_request"] {
                key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key))
            }
            kept = DerivedKey(secret: secret, day: day, key: key)
            return key
        }
    }

    /// A time's text; it changes once a second, so that the last one is kept.
    private func time(of date: Date) -> SigningTime {
        let second = Int(date.timeIntervalSince1970.rounded(.down))
        return stamps.withLock { kept in
            if let kept, kept.second == second { return kept }
            let time = SigningTime(second: second)
            kept = time
            return time
        }
    }
}
