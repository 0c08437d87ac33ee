import SQJobsCore

/// Waits until a look at something gives what is waited for, looking again and again.
///
/// - Returns: What the last look gave.
/// - Throws: ``NeverHappened`` when the limit is over.
@discardableResult
func eventually<Value>(
    _ what: String, within limit: Duration = .seconds(30), _ look: () async throws -> Value,
    until isRight: (Value) -> Bool
) async throws -> Value {
    let clock = JobClock.system
    let end = clock.elapsed() + limit
    while true {
        let value = try await look()
        if isRight(value) { return value }
        guard clock.elapsed() < end else { throw NeverHappened(what: what, last: "\(value)") }
        try await clock.sleep(.milliseconds(20))
    }
}

/// What was waited for did not come in time.
struct NeverHappened: Error, CustomStringConvertible {
    let what: String
    let last: String

    var description: String { "it did not come to this: \(what); last seen: \(last)" }
}
