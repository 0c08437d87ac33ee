import Testing

/// Waits until a condition holds, and fails the test when it doesn't within five seconds.
func eventually(
    _ condition: () -> Bool, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let end = ContinuousClock.now + .seconds(5)
    while !condition() {
        guard ContinuousClock.now < end else {
            Issue.record(comment ?? "the condition never held", sourceLocation: sourceLocation)
            return
        }
        try await Task.sleep(for: .milliseconds(2))
    }
}
