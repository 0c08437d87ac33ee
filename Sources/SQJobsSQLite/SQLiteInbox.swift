import Foundation
import GRDB

/// A write that somebody waits for.
struct SQLiteWrite: Sendable {
    /// Does the work, and returns what tells its caller once it is committed.
    let run: @Sendable (Database) throws -> @Sendable () -> Void
    /// Tells its caller that it was not.
    let fail: @Sendable (any Error) -> Void
}

/// Where tasks leave writes for the writer's thread.
final class SQLiteInbox: @unchecked Sendable {
    // Sendable: every access to the mutable state below is made while `condition` is locked.
    private let condition = NSCondition()
    private var writes: ArraySlice<SQLiteWrite> = []
    private var isStopped = false

    /// Leaves a write.
    func add(_ write: SQLiteWrite) {
        condition.lock()
        writes.append(write)
        condition.signal()
        condition.unlock()
    }

    /// Lets the thread end once nothing is left.
    func stop() {
        condition.lock()
        isStopped = true
        condition.signal()
        condition.unlock()
    }

    /// Waits for writes and takes some, in order; `nil` at the end.
    func take(_ count: Int) -> [SQLiteWrite]? {
        condition.lock()
        defer { condition.unlock() }
        while writes.isEmpty {
            if isStopped { return nil }
            condition.wait()
        }
        let taken = Array(writes.prefix(count))
        writes = writes.count > count ? writes.dropFirst(count) : []
        return taken
    }
}
