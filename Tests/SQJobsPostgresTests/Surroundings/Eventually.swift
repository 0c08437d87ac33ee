/// Waits until a condition is true, looking again and again.
///
/// - Throws: ``NeverHappened`` when the limit is over.
func eventually(
    _ what: @autoclosure () -> String, within limit: Duration = .seconds(30), _ isTrue: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + limit
    while try await !isTrue() {
        guard clock.now < end else { throw NeverHappened(what: what(), limit: limit) }
        try await clock.sleep(for: .milliseconds(5))
    }
}

/// A condition that did not become true in time.
struct NeverHappened: Error, CustomStringConvertible {
    let what: String
    let limit: Duration

    var description: String { "within \(limit) it did not come to this: \(what)" }
}
