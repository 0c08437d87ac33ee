import CCurl
import Synchronization

/// Where tasks leave what the driver's thread is to do.
final class CurlInbox: Sendable {
    /// What has been left since the driver last looked.
    struct Mail {
        var submitted: [CurlExchange] = []
        var cancelled: [CurlExchange] = []
        var isStopping = false

        var isEmpty: Bool { submitted.isEmpty && cancelled.isEmpty && !isStopping }
    }

    private struct State {
        var mail = Mail()
        /// Whether the driver sleeps, so that somebody must wake it; false once somebody has.
        var isDriverAsleep = false
        /// Whether the driver's thread is gone.
        var isClosed = false
        /// Who waits for the driver's end.
        var waiters: [CheckedContinuation<Void, Never>] = []

        /// Whether the caller must wake the driver: one does, for all that is left while it sleeps. It does so without the
        /// lock, which the driver takes as soon as it wakes.
        mutating func takeSleeper() -> Bool {
            defer { isDriverAsleep = false }
            return isDriverAsleep
        }
    }

    private let state = Mutex(State())
    private let multi: CurlMulti

    init(waking multi: CurlMulti) {
        self.multi = multi
    }

    /// Hands an exchange to the driver, which answers the continuation.
    func submit(_ exchange: CurlExchange, _ continuation: CheckedContinuation<HTTPResponse, any Error>) {
        let (refusal, isAsleep) = state.withLock { state -> ((any Error)?, Bool) in
            guard exchange.phase == .new else { return (CancellationError(), false) }
            guard !state.isClosed, !state.mail.isStopping else { return (CurlTransport.stopped(.notSent), false) }
            exchange.phase = .submitted
            exchange.continuation = continuation
            state.mail.submitted.append(exchange)
            return (nil, state.takeSleeper())
        }
        if isAsleep { multi.wake() }
        if let refusal { continuation.resume(throwing: refusal) }
    }

    /// Asks the driver to give an exchange up; harmless when it is over.
    func cancel(_ exchange: CurlExchange) {
        let isAsleep = state.withLock { state in
            guard exchange.phase == .submitted else {
                exchange.phase = .cancelled
                return false
            }
            guard !state.isClosed else { return false }
            state.mail.cancelled.append(exchange)
            return state.takeSleeper()
        }
        if isAsleep { multi.wake() }
    }

    /// Asks the driver to end.
    func stop() {
        let isAsleep = state.withLock { state in
            guard !state.isClosed else { return false }
            state.mail.isStopping = true
            return state.takeSleeper()
        }
        if isAsleep { multi.wake() }
    }

    /// Waits until the driver's thread is gone.
    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let isClosed = state.withLock { state in
                if !state.isClosed { state.waiters.append(continuation) }
                return state.isClosed
            }
            if isClosed { continuation.resume() }
        }
    }

    /// Takes what has been left. Only the driver calls this.
    ///
    /// - Parameter mail: What was taken before; its storage is used again.
    func take(_ mail: inout Mail) {
        mail.submitted.removeAll(keepingCapacity: true)
        mail.cancelled.removeAll(keepingCapacity: true)
        state.withLock { state in
            state.isDriverAsleep = false
            guard !state.mail.isEmpty else { return }
            swap(&state.mail, &mail)
            // It stays set for those who come too late.
            state.mail.isStopping = mail.isStopping
        }
    }

    /// Says that the driver is about to sleep. Only the driver calls this.
    ///
    /// - Returns: Whether it may: false when something has been left for it.
    func mayFallAsleep() -> Bool {
        state.withLock { state in
            state.isDriverAsleep = state.mail.isEmpty
            return state.isDriverAsleep
        }
    }

    /// Says that the driver has let go of everything. Only the driver calls this, last.
    func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
