import SQJobsCore

import struct Foundation.Data
import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

/// Turns actions into JSON, and JSON into their answers; one for all requests of a client.
struct SQSCoder: Sendable {
    let encoder: JSONEncoder
    let decoder = JSONDecoder()

    init() {
        encoder = JSONEncoder()
        // Base64 has many slashes, and each would take two bytes.
        encoder.outputFormatting = .withoutEscapingSlashes
    }

    /// The body of a request.
    ///
    /// - Throws: ``SQSError`` when a value cannot be written, as a body with a lone surrogate.
    func encode<Action: SQSAction>(_ action: Action) throws -> Data {
        do {
            return try action.encoded(self)
        } catch {
            throw SQSError(
                action: Action.name, code: SQSErrorCode.invalidResponse,
                message: "the request cannot be written as JSON", isSenderFault: true)
        }
    }

    /// The answer that a body holds; an empty one stands for an answer without fields.
    ///
    /// - Throws: ``SQSError`` that says where the answer is wrong, and never what it holds.
    func decode<Action: SQSAction>(_: Action.Type, _ body: Data) throws -> Action.Output {
        do {
            return try Action.output(of: body.isEmpty ? Data("{}".utf8) : body, self)
        } catch {
            throw SQSError(
                action: Action.name, code: SQSErrorCode.invalidResponse,
                message: "it is not what SQS's API describes\(Self.place(of: error))", status: 200,
                isOutcomeUnknown: Action.sendsMessages)
        }
    }

    private static func place(of error: any Error) -> String {
        if let error = error as? JSONSlice.Malformed { return " (\(error))" }
        guard let error = error as? DecodingError else { return "" }
        let path: [any CodingKey] =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            case .keyNotFound(let key, let context): context.codingPath + [key]
            @unknown default: []
            }
        guard !path.isEmpty else { return "" }
        return " (at \(path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")))"
    }
}
