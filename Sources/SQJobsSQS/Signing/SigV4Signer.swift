import Crypto
import Synchronization

import struct Foundation.Data
import struct Foundation.Date
import struct Foundation.URL

/// Signs requests with AWS Signature Version 4, for one service in one region.
///
/// The rules are those of "Create a signed AWS API request" in AWS's IAM User Guide. The request itself says what is
/// signed: all of its header fields but those of ``CanonicalRequest/unsignedHeaders``.
final class SigV4Signer: Sendable {
    /// A signing key, which is good for a day.
    fileprivate struct DailyKey {
        /// What it was derived from.
        let secret: String
        let day: String
        /// What signatures with the key are valid for.
        let scope: String
        /// The key's code before any text.
        let code: HMAC<SHA256>
    }

    /// What is the same from one request to the next, so that the last of each is kept.
    fileprivate struct Kept {
        var key: DailyKey?
        /// The text of a second.
        var time: SigningTime?
        /// An address, taken apart.
        var target: SigningTarget?
    }

    private let service: String
    private let region: String
    private let kept = Mutex(Kept())

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
        let (time, target) = kept.withLock { ($0.time(of: date), $0.target(of: request.url)) }
        request.headers.removeAll { Self.ownHeaders.contains($0.name) }
        request.headers.append(("Host", target.authority))
        request.headers.append(("X-Amz-Date", time.stamp))
        if let token = credentials.sessionToken { request.headers.append(("X-Amz-Security-Token", token)) }
        let canonical = CanonicalRequest(
            method: request.method, path: target.path, query: target.query, headers: request.headers, body: request.body
        )
        request.headers.append(("Authorization", authorization(canonical, with: credentials, at: time)))
    }

    /// The value of the `Authorization` field for a request in canonical form.
    func authorization(
        _ canonical: CanonicalRequest, with credentials: AWSCredentials, at time: SigningTime
    ) -> String {
        var (code, scope) = kept.withLock { kept in
            let key = kept.key(credentials.secretAccessKey, time.day, region, service)
            return (key.code, key.scope)
        }
        var text: [UInt8] = []
        text.reserveCapacity(256)
        text += "AWS4-HMAC-SHA256\n".utf8
        text += time.stamp.utf8
        text.append(UInt8(ascii: "\n"))
        text += scope.utf8
        text.append(UInt8(ascii: "\n"))
        Hex.append(SHA256.hash(data: canonical.bytes), to: &text)
        code.update(data: text)
        text.removeAll(keepingCapacity: true)
        text += "AWS4-HMAC-SHA256 Credential=".utf8
        text += credentials.accessKeyID.utf8
        text.append(UInt8(ascii: "/"))
        text += scope.utf8
        text += ", SignedHeaders=".utf8
        text += canonical.signedHeaders.utf8
        text += ", Signature=".utf8
        Hex.append(code.finalize(), to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static let ownHeaders = ["Host", "X-Amz-Date", "X-Amz-Security-Token", "Authorization"]
}

extension SigV4Signer.Kept {
    /// The key of a day; deriving it takes four codes.
    fileprivate mutating func key(
        _ secret: String, _ day: String, _ region: String, _ service: String
    ) -> SigV4Signer.DailyKey {
        if let key, key.day == day, key.secret == secret { return key }
        var derived = SymmetricKey(data: Data("AWS4\(secret)".utf8))
        for part in [day, region, service, "aws4_request"] {
            derived = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: derived))
        }
        let key = SigV4Signer.DailyKey(
            secret: secret, day: day, scope: "\(day)/\(region)/\(service)/aws4_request", code: HMAC(key: derived))
        self.key = key
        return key
    }

    fileprivate mutating func time(of date: Date) -> SigningTime {
        let second = Int(date.timeIntervalSince1970.rounded(.down))
        if let time, time.second == second { return time }
        let time = SigningTime(second: second)
        self.time = time
        return time
    }

    fileprivate mutating func target(of url: URL) -> SigningTarget {
        if let target, target.url == url { return target }
        let target = SigningTarget(url)
        self.target = target
        return target
    }
}
