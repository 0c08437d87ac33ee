import CCurl
import SQJobsCore

/// What the transport's thread does: it starts exchanges, moves their bytes, and answers those that are over.
struct CurlDriver {
    private let configuration: CurlTransport.Configuration
    private let multi: CurlMulti
    private let inbox: CurlInbox
    private let clock: JobClock
    /// Exchanges that libcurl carries, by their handles.
    private var active: [ObjectIdentifier: CurlExchange] = [:]
    /// How many of those count against the bound on connections.
    private var shortCount = 0
    /// Exchanges that wait until one of the connections is free.
    private var waiting: ArraySlice<CurlExchange> = []
    /// Handles that carry nothing.
    private var idle: [CurlHandle] = []

    init(_ configuration: CurlTransport.Configuration, multi: CurlMulti, inbox: CurlInbox, clock: JobClock) {
        self.configuration = configuration
        self.multi = multi
        self.inbox = inbox
        self.clock = clock
    }

    /// Works until the inbox says to stop, and leaves nothing open.
    consuming func run() {
        var mail = CurlInbox.Mail()
        while true {
            inbox.take(&mail)
            for exchange in mail.submitted { submit(exchange) }
            for exchange in mail.cancelled { cancel(exchange) }
            if mail.isStopping { break }
            if !active.isEmpty { multi.perform() }
            if !reap(), inbox.mayFallAsleep() { multi.wait() }
        }
        stop()
    }

    private mutating func submit(_ exchange: CurlExchange) {
        if exchange.request.isLongPoll || shortCount < configuration.maximumConnections {
            start(exchange)
        } else {
            waiting.append(exchange)
        }
    }

    private mutating func start(_ exchange: CurlExchange) {
        let left = exchange.request.timeout - (clock.elapsed() - exchange.start)
        guard left > .zero else {
            let reason = "no connection became free in time"
            exchange.finish(.failure(TransportError(delivery: .notSent, isTimeout: true, reason: reason)))
            return
        }
        guard let handle = idle.popLast() ?? CurlHandle(configuration), handle.prepare(for: exchange, timeout: left),
            multi.add(handle)
        else {
            let reason = "libcurl cannot take the request; memory may be out"
            exchange.finish(.failure(TransportError(delivery: .notSent, isTimeout: false, reason: reason)))
            return
        }
        exchange.handle = handle
        active[ObjectIdentifier(handle)] = exchange
        if !exchange.request.isLongPoll { shortCount += 1 }
    }

    /// Answers the exchanges that are over.
    ///
    /// - Returns: Whether there was one.
    private mutating func reap() -> Bool {
        var isAny = false
        while let (handle, code) = multi.nextFinished() {
            isAny = true
            guard let exchange = active[ObjectIdentifier(handle)] else { continue }
            exchange.finish(handle.result(code, of: exchange))
            release(exchange)
        }
        return isAny
    }

    private mutating func cancel(_ exchange: CurlExchange) {
        exchange.finish(.failure(CancellationError()))
        if exchange.handle != nil {
            release(exchange)
        } else if let index = waiting.firstIndex(where: { $0 === exchange }) {
            waiting.remove(at: index)
        }
    }

    /// Takes an exchange's handle back; libcurl closes the connection if the exchange was in the middle of it.
    private mutating func release(_ exchange: CurlExchange) {
        guard let handle = exchange.handle else { return }
        multi.remove(handle)
        handle.clear()
        exchange.handle = nil
        active[ObjectIdentifier(handle)] = nil
        if idle.count < configuration.maximumConnections { idle.append(handle) }
        guard !exchange.request.isLongPoll else { return }
        shortCount -= 1
        while shortCount < configuration.maximumConnections, let next = waiting.popFirst() { start(next) }
    }

    private mutating func stop() {
        for exchange in waiting { exchange.finish(.failure(CurlTransport.stopped(.notSent))) }
        waiting = []
        for exchange in Array(active.values) {
            exchange.finish(.failure(CurlTransport.stopped(exchange.delivery)))
            release(exchange)
        }
        idle = []
        multi.close()
        inbox.close()
    }
}
