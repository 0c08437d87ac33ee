import struct Foundation.Data
import struct Foundation.URL

/// A request as the transport sends it.
struct HTTPRequest: Sendable {
    /// The method, in upper case.
    var method: String
    /// The address, with path and query as they go on the wire.
    var url: URL
    /// The header fields, in the order in which they are sent.
    var headers: [(name: String, value: String)]
    /// The body; empty for none.
    var body: Data
    /// How long the whole exchange may take, waiting for a connection included.
    var timeout: Duration
    /// Whether the server may hold the answer back on purpose. Such a request has a connection beyond the transport's
    /// bound, so that idle polls never keep a send waiting.
    var isLongPoll: Bool

    init(
        _ method: String, _ url: URL, headers: [(name: String, value: String)] = [], body: Data = Data(),
        timeout: Duration, isLongPoll: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.isLongPoll = isLongPoll
    }
}
