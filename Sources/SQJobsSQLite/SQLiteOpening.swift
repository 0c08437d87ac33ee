import Foundation
import GRDB

/// Opens a file that other processes may be opening, closing or leaving behind at the same moment.
///
/// SQLite answers busy without waiting while the first to come after a crash mends the file, and while the last to go
/// tidies up ("Sometimes Queries Return SQLITE_BUSY In WAL Mode", <https://www.sqlite.org/wal.html>). Both take a moment.
/// Once a connection is open neither can happen.
enum SQLiteOpening {
    /// How long to wait between two attempts, and how often; half a minute in all.
    private static let pause = 0.01
    private static let attempts = 3_000

    /// Opens a pool of connections; it blocks while others have the file to themselves.
    ///
    /// - Throws: What GRDB throws.
    static func pool(path: String, configuration: Configuration) throws -> DatabasePool {
        for _ in 1..<attempts {
            do {
                return try DatabasePool(path: path, configuration: configuration)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                wait()
            }
        }
        return try DatabasePool(path: path, configuration: configuration)
    }

    private static func wait() {
        let condition = NSCondition()
        condition.lock()
        _ = condition.wait(until: Date(timeIntervalSinceNow: pause))
        condition.unlock()
    }
}
