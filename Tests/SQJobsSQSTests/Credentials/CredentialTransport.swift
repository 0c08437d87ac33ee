import Foundation
import Synchronization

@testable import SQJobsSQS

/// Answers requests with what a test says, and remembers them.
final class CredentialTransport: HTTPTransport {
    private let answer: @Sendable (HTTPRequest) async throws -> HTTPResponse
    private let seen = Mutex<[HTTPRequest]>([])

    /// Without an answer it is a network in which nothing can be reached.
    init(
        _ answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse = { _ in
            throw TransportError(delivery: .notSent, isTimeout: false, reason: "no route to host")
        }
    ) {
        self.answer = answer
    }

    var requests: [HTTPRequest] { seen.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        seen.withLock { $0.append(request) }
        return try await answer(request)
    }
}

extension HTTPRequest {
    /// What a form in the body says.
    var formFields: [String: String] {
        String(decoding: body, as: UTF8.self).split(separator: "&").reduce(into: [:]) { form, field in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            form[parts[0]] = parts.count == 2 ? parts[1].removingPercentEncoding : nil
        }
    }

    func field(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }
}

extension HTTPResponse {
    static func plain(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Data(text.utf8))
    }

    /// What STS answers when it gives credentials.
    static func role(_ id: String, secret: String = "role-secret", token: String = "role-token", until: String)
        -> HTTPResponse
    {
        .plain(
            """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
            <AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn></AssumedRoleUser>
            <Credentials><AccessKeyId>\(id)</AccessKeyId><SecretAccessKey>\(secret)</SecretAccessKey>
            <SessionToken>\(token)</SessionToken><Expiration>\(until)</Expiration></Credentials>
            </AssumeRoleResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleResponse>
            """)
    }

    /// What STS answers when it refuses.
    static func refusal(_ code: String, _ message: String, status: Int = 403) -> HTTPResponse {
        .plain(
            """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
            <Code>\(code)</Code><Message>\(message)</Message></Error><RequestId>1</RequestId></ErrorResponse>
            """, status: status)
    }

    /// What instance metadata and containers answer.
    static func document(
        _ id: String, secret: String = "machine-secret", token: String = "machine-token", until: String
    )
        -> HTTPResponse
    {
        .plain(
            """
            {"Code": "Success", "AccessKeyId": "\(id)", "SecretAccessKey": "\(secret)", "Token": "\(token)",
             "Expiration": "\(until)", "LastUpdated": "2026-01-01T00:00:00Z"}
            """)
    }
}
