import Foundation
import SQJobsCore

/// The JSON in which instance metadata, containers and processes hand out credentials.
enum CredentialDocument {
    /// Reads credentials.
    ///
    /// - Parameters:
    ///   - data: The JSON.
    ///   - tokenKey: The key of the session token: `Token`, and `SessionToken` in what a process prints.
    ///   - origin: What gave the document, for errors: `the container's credential service`.
    /// - Throws: `SQJobsError` with the code `credentials`, which shows nothing of the document but the code of
    ///   a refusal.
    static func read(_ data: Data, tokenKey: String, from origin: String) throws -> AWSCredentials {
        // The decoder's own errors quote what they could not read, so they go no further.
        guard let fields = try? JSONDecoder().decode(Fields.self, from: data) else {
            throw SQJobsError(
                .credentials, "\(origin) did not answer with credentials in JSON; check what serves there")
        }
        if let code = fields["Code"] ?? fields["code"], code != "Success" {
            let isCode = code.utf8.count <= 64 && code.allSatisfy(\.isLetter)
            throw SQJobsError(
                .credentials,
                "\(origin) gave no credentials\(isCode ? " but the error \(code)" : ""); check the role that it serves")
        }
        guard let accessKeyID = fields["AccessKeyId"], let secretAccessKey = fields["SecretAccessKey"] else {
            throw SQJobsError(
                .credentials, "\(origin) left out AccessKeyId or SecretAccessKey; check what serves there")
        }
        let expiration = try fields["Expiration"].map { text in
            guard let date = date(text) else {
                throw SQJobsError(
                    .credentials, "\(origin) gave an Expiration that is no ISO 8601 time; check what serves there")
            }
            return date
        }
        return try AWSCredentials(
            checking: accessKeyID, secretAccessKey, sessionToken: fields[tokenKey], expiration: expiration, from: origin
        )
    }

    /// A time as AWS writes it, with or without fractions of a second.
    static func date(_ text: String) -> Date? {
        let whole = Date.ISO8601FormatStyle()
        return (try? whole.parse(text)) ?? (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
    }

    /// The document's texts; whatever else it has does not matter here.
    private struct Fields: Decodable {
        private let texts: [String: String]

        subscript(key: String) -> String? { texts[key] }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            texts = container.allKeys.reduce(into: [:]) { texts, key in
                texts[key.stringValue] = try? container.decode(String.self, forKey: key)
            }
        }

        private struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
    }
}
