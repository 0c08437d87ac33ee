import struct Foundation.Data
import class Foundation.JSONDecoder

extension SQSError {
    /// The error that a response with a status other than 200 stands for.
    ///
    /// - Parameter secrets: Texts that may not appear in the message: SQS repeats the whole signed request, session token
    ///   included, when a signature is wrong.
    init(action: String, _ response: HTTPResponse, hiding secrets: [String]) {
        let json = try? JSONDecoder().decode(JSONBody.self, from: response.body)
        let xml = XMLBody(response.body)
        // The query protocol's code is what AWS's own tools have always shown, and comes with who is at fault.
        let header = response.header("x-amzn-query-error")
        let code = header ?? json?.type ?? xml.code ?? "HTTP\(response.status)"
        let fault = header?.split(separator: ";").last.map { $0 == "Sender" }
        self.init(
            action: action, code: SQSErrorCode.plain(code),
            message: Self.shown(json?.message ?? xml.message ?? "SQS gave no reason", hiding: secrets),
            status: response.status, requestID: response.header("x-amzn-requestid"),
            isSenderFault: fault ?? (400..<500).contains(response.status),
            // A gateway or a server that broke off may have passed the request on; a 503 is a refusal.
            isOutcomeUnknown: [500, 502, 504].contains(response.status), serverDate: response.header("date"))
    }

    private struct JSONBody: Decodable {
        let type: String?
        let message: String?

        enum CodingKeys: String, CodingKey {
            case type = "__type"
            case message
            case capitalMessage = "Message"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            type = try values.decodeIfPresent(String.self, forKey: .type)
            message =
                try values.decodeIfPresent(String.self, forKey: .message)
                ?? values.decodeIfPresent(String.self, forKey: .capitalMessage)
        }
    }

    /// `<ErrorResponse><Error><Code>…</Code><Message>…</Message></Error></ErrorResponse>`: authentication errors may come
    /// so, whatever the request's protocol.
    private struct XMLBody {
        let code: String?
        let message: String?

        init(_ body: Data) {
            let text = String(decoding: body.prefix(4_096), as: UTF8.self)
            code = Self.content(of: "Code", in: text)
            message = Self.content(of: "Message", in: text)
        }

        private static func content(of tag: String, in text: String) -> String? {
            guard let start = text.firstRange(of: "<\(tag)>"),
                let end = text[start.upperBound...].firstRange(of: "</\(tag)>")
            else { return nil }
            return String(text[start.upperBound..<end.lowerBound])
        }
    }

    /// The first line, of a bearable length, without secrets.
    private static func shown(_ message: String, hiding secrets: [String]) -> String {
        var line = String(message.prefix { !$0.isNewline })
        for secret in secrets where !secret.isEmpty { line = line.replacing(secret, with: "…") }
        return line.count > 300 ? line.prefix(300) + "…" : line
    }
}
