/// Sends requests over HTTP; libcurl in life, a double where a test needs an answer that no server gives.
protocol HTTPTransport: Sendable {
    /// Sends a request and returns the response, whatever its status.
    ///
    /// - Throws: ``TransportError`` when no whole response came; `CancellationError` when the task was cancelled.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
