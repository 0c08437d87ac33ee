/// When a job's attempts are at their end: by a number of runs, or by what its queue or its policy says of this one.
package struct AttemptLimit: Sendable, Hashable {
    /// Whether no attempt can follow this one, however many runs there were.
    let isReached: Bool
    /// How many runs there are at most; `nil` without such a limit.
    let maximum: Int?

    package init(isReached: Bool, maximum: Int? = nil) {
        self.isReached = isReached
        self.maximum = maximum
    }

    func isReached(by attempt: Int) -> Bool {
        isReached || maximum.map { attempt >= $0 } ?? false
    }
}
