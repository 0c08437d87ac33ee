import struct Foundation.Data

/// A response as it came.
struct HTTPResponse: Sendable {
    /// The status code.
    var status: Int
    /// The header fields that ``keptHeaders`` names, their names in lower case; of a repeated one the last.
    var headers: [String: String]
    /// The body.
    var body: Data

    init(status: Int, headers: [String: String] = [:], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The header fields that anyone here asks for. The transport drops the others: a response has a dozen.
    static let keptHeaders: [StaticString] = [
        "content-type", "date", "retry-after", "x-amzn-query-error", "x-amzn-requestid",
    ]
}
