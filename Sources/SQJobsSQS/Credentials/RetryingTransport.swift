import SQJobsCore

/// Sends a request again when no answer came or the service could not serve: for requests that may be repeated.
struct RetryingTransport: HTTPTransport {
    /// What sends.
    let base: any HTTPTransport
    /// What waits between the attempts.
    let clock: JobClock
    /// How often a request is sent at most.
    let attempts: Int
    /// Whether an answer says that the same request may be served later.
    let isTransient: @Sendable (HTTPResponse) -> Bool

    init(
        _ base: any HTTPTransport, clock: JobClock, attempts: Int,
        isTransient: @escaping @Sendable (HTTPResponse) -> Bool = { $0.status >= 500 || $0.status == 429 }
    ) {
        self.base = base
        self.clock = clock
        self.attempts = attempts
        self.isTransient = isTransient
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        for attempt in 1..<max(attempts, 1) {
            do {
                let response = try await base.send(request)
                guard isTransient(response) else { return response }
            } catch is TransportError {
                // The next attempt is the answer; the last one's error is thrown below.
            }
            try await clock.sleep(.milliseconds(100) * (1 << attempt))
        }
        return try await base.send(request)
    }
}
