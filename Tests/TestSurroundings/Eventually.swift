/// Waits until a condition is true, looking again and again.
///
/// - Throws: ``NeverHappened`` when the limit is over.
package func eventually(
    _ what: @autoclosure () -> String, within limit: Duration = .seconds(30), _ isTrue: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + limit
    while try await !isTrue() {
        guard clock.now < end else { throw NeverHappened(what: what(), limit: limit) }
        try await clock.sleep(for: .milliseconds(20))
    }
}

/// A condition that did not become true in time.
package struct NeverHappened: Error, CustomStringConvertible {
    package let what: String
    package let limit: Duration

    package init(what: String, limit: Duration) {
        self.what = what
        self.limit = limit
    }

    package var description: String { "within \(limit) it did not come to this: \(what)" }
}
