import Synchronization

import class Foundation.Thread

/// The short-lived threads of those calls of libpq that block: logins and requests to cancel.
///
/// None may be left when the process ends, for OpenSSL takes itself down then while such a call may be using it.
enum LibpqThreads {
    private struct State {
        var count = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private static let state = Mutex(State())

    /// Does something on a thread of its own.
    ///
    /// - Parameters:
    ///   - name: The thread's name.
    ///   - work: What to do; it may block.
    static func start(_ name: String, _ work: @escaping @Sendable () -> Void) {
        state.withLock { $0.count += 1 }
        let thread = Thread {
            work()
            end()
        }
        // On Linux the name is lost, but once the thread has begun it may be over too.
        thread.name = name
        thread.start()
    }

    /// Waits until there are none.
    static func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.count > 0 { state.waiters.append(continuation) }
                return state.count == 0
            }
            if isOver { continuation.resume() }
        }
    }

    private static func end() {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.count -= 1
            guard state.count == 0 else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
