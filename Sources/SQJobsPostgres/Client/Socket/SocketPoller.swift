import Synchronization

import class Foundation.Thread

/// The one thread that waits for sockets, for every connection of the process.
///
/// It reads and writes nothing itself: it says which socket is ready, and whoever waits for that goes on by itself.
final class SocketPoller: Sendable {
    /// The process's own; nil when file descriptors are out.
    static let shared = SocketPoller()

    private struct State {
        var watches: [Int32: SocketWatch] = [:]
    }

    private let readiness: SocketReadiness
    private let state = Mutex(State())

    private init?() {
        guard let readiness = SocketReadiness() else { return nil }
        self.readiness = readiness
        let thread = Thread { [self] in work() }
        thread.name = "sqjobs-postgres"
        thread.start()
    }

    /// Begins to watch a socket.
    ///
    /// - Returns: Whether it can be watched; file descriptors or memory are out if not.
    func add(_ watch: SocketWatch) -> Bool {
        state.withLock { $0.watches[watch.socket] = watch }
        guard readiness.add(watch.socket) else {
            remove(watch)
            return false
        }
        return true
    }

    /// Lets a socket go, before it is closed.
    func remove(_ watch: SocketWatch) {
        readiness.remove(watch.socket)
        state.withLock { state in
            if state.watches[watch.socket] === watch { state.watches[watch.socket] = nil }
        }
    }

    /// Asks to be told once when a socket is ready.
    func arm(_ socket: Int32, toWrite: Bool) {
        readiness.arm(socket, toWrite: toWrite)
    }

    private func work() {
        while true {
            for socket in readiness.wait() {
                // A socket's number may have become another's meanwhile: that one finds nothing to read, and waits on.
                state.withLock { $0.watches[socket] }?.wake(.ready)
            }
        }
    }
}
