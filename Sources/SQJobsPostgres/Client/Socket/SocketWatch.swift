import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Waits for one connection's socket without a thread.
final class SocketWatch: Sendable {
    /// Why a wait is over.
    enum Wake: Sendable {
        /// The socket may be ready.
        case ready
        /// Somebody called ``interrupt()``.
        case interrupted
    }

    private struct State {
        var waiter: CheckedContinuation<Wake, Never>?
        var isInterrupted = false
    }

    /// The file descriptor.
    let socket: Int32
    private let poller: SocketPoller
    private let state = Mutex(State())

    /// Begins to watch a socket; nil when file descriptors or memory are out.
    init?(_ socket: Int32) {
        guard socket >= 0, let poller = SocketPoller.shared else { return nil }
        self.socket = socket
        self.poller = poller
        guard poller.add(self) else { return nil }
    }

    /// Lets the socket go. Its owner calls this before it closes it.
    func close() {
        poller.remove(self)
        interrupt()
    }

    /// Waits until there is something to read, or room to write, or somebody interrupts. One task at a time.
    func wait(toWrite: Bool = false) async -> Wake {
        await withCheckedContinuation { continuation in
            let isInterrupted = state.withLock { state in
                if !state.isInterrupted { state.waiter = continuation }
                defer { state.isInterrupted = false }
                return state.isInterrupted
            }
            guard !isInterrupted else { return continuation.resume(returning: .interrupted) }
            poller.arm(socket, toWrite: toWrite)
        }
    }

    /// Ends the present wait or, if there is none, the next.
    func interrupt() {
        let waiter = state.withLock { state in
            if state.waiter == nil { state.isInterrupted = true }
            return state.waiter.take()
        }
        waiter?.resume(returning: .interrupted)
    }

    /// Ends the present wait; none is left for later.
    func wake(_ reason: Wake) {
        state.withLock { $0.waiter.take() }?.resume(returning: reason)
    }

    /// Whether there is something to read now, an end of the connection included.
    var isReadable: Bool {
        var query = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&query, 1, 0) != 0
    }
}
