import struct Foundation.Data

/// One request on its way through ``CurlTransport``, and what has come back so far.
///
/// `@unchecked Sendable`: ``phase`` and ``continuation`` are set under the inbox's lock; from its submission on the
/// driver's thread alone touches the rest.
final class CurlExchange: @unchecked Sendable {
    /// How far the request is known to the inbox.
    enum Phase {
        case new
        case submitted
        /// Cancelled before it was submitted.
        case cancelled
    }

    /// The request.
    let request: HTTPRequest
    /// When the request was made, on the transport's clock.
    let start: Duration
    /// Guarded by the inbox's lock.
    var phase = Phase.new
    /// Who waits for the response; nil once there was an answer.
    var continuation: CheckedContinuation<HTTPResponse, any Error>?
    /// The handle that carries the request; nil while it waits for one.
    var handle: CurlHandle?
    /// Whether libcurl had a connection and began to send.
    var isBegun = false
    /// Whether libcurl wanted to send the request a second time, and was kept from it.
    var isRepeatRefused = false
    /// Whether the response's header fields have all come.
    var isHeadComplete = false
    /// The lines of the response's header fields.
    var head: [UInt8] = []
    /// The body of the response.
    var body = Data()

    init(_ request: HTTPRequest, start: Duration) {
        self.request = request
        self.start = start
    }

    /// What is known of the request's fate, should no response come.
    var delivery: TransportError.Delivery { isBegun ? .unknown : .notSent }

    /// Answers who waits, once; later answers are dropped.
    func finish(_ result: Result<HTTPResponse, any Error>) {
        continuation?.resume(with: result)
        continuation = nil
    }
}
