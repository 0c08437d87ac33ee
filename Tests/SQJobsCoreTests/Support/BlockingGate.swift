import Foundation

/// Blocks the threads that come to it until it is opened.
final class BlockingGate: @unchecked Sendable {
    // Sendable: every access to the state below is made while `condition` is locked.
    private let condition = NSCondition()
    private var isOpen = false
    private var waiting = 0

    /// How many threads it blocks now.
    var blocked: Int {
        condition.lock()
        defer { condition.unlock() }
        return waiting
    }

    /// Blocks the thread.
    ///
    /// - Returns: Whether the gate was opened within a minute.
    @discardableResult
    func pass() -> Bool {
        condition.lock()
        defer { condition.unlock() }
        waiting += 1
        defer { waiting -= 1 }
        let end = Date(timeIntervalSinceNow: 60)
        while !isOpen {
            if !condition.wait(until: end) { return isOpen }
        }
        return true
    }

    func open() {
        condition.lock()
        isOpen = true
        condition.broadcast()
        condition.unlock()
    }
}
