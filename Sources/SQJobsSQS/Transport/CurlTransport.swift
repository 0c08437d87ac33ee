import SQJobsCore

import class Foundation.Thread

/// Sends requests through libcurl: one thread carries all of them, over connections that are kept and used again.
///
/// TLS certificates are verified, proxies are those of the usual environment variables (`https_proxy`, `no_proxy`),
/// redirects are not followed. A request is sent once: when the connection breaks under it, libcurl's own repetition is
/// prevented and ``TransportError/delivery`` says what is known.
final class CurlTransport: HTTPTransport {
    /// What can be set.
    struct Configuration: Sendable {
        /// How many connections there are at most, those of long polls aside.
        var maximumConnections = 64
        /// How long connecting may take, TLS included.
        var connectTimeout = Duration.seconds(10)
        /// A file of certificate authorities in PEM form, instead of the system's.
        var certificateAuthorities: String?
    }

    private let inbox: CurlInbox
    private let clock: JobClock

    /// Starts the thread.
    ///
    /// - Parameter clock: Measures how long requests wait for a connection.
    /// - Throws: `SQJobsError` with the code `brokerUnavailable` when libcurl cannot be set up.
    init(_ configuration: Configuration = Configuration(), clock: JobClock = .system) throws {
        guard let multi = CurlMulti(idleConnections: configuration.maximumConnections * 2) else {
            throw SQJobsError(
                .brokerUnavailable, "libcurl cannot be set up; memory or file descriptors may be used up.")
        }
        let inbox = CurlInbox(waking: multi)
        let thread = Thread { CurlDriver(configuration, multi: multi, inbox: inbox, clock: clock).run() }
        thread.start()
        // On Linux a name that is given before the start is lost.
        thread.name = "sqjobs-curl"
        self.inbox = inbox
        self.clock = clock
    }

    deinit {
        inbox.stop()
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard !request.headers.contains(where: { $0.value.utf8.contains(where: \.isLineBreak) }) else {
            let reason = "a header field's value has a line break in it"
            throw TransportError(delivery: .notSent, isTimeout: false, reason: reason)
        }
        let exchange = CurlExchange(request, start: clock.elapsed())
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { inbox.submit(exchange, $0) }
        } onCancel: {
            inbox.cancel(exchange)
        }
    }

    /// Ends the requests that are on their way with an error, closes every connection, and waits for the thread's end.
    /// Later requests fail.
    func shutdown() async {
        inbox.stop()
        await inbox.waitForEnd()
    }

    /// What a request gets that was on its way, or comes, when the transport is shut down.
    static func stopped(_ delivery: TransportError.Delivery) -> TransportError {
        TransportError(delivery: delivery, isTimeout: false, reason: "the connection to the broker is shut down")
    }
}

extension UInt8 {
    /// Whether the byte would end a header's line.
    fileprivate var isLineBreak: Bool { self == 0x0A || self == 0x0D }
}
