/// A part of a list of jobs.
public struct ResultPage: Sendable, Hashable {
    /// The jobs, newest first.
    public let statuses: [JobStatus]
    /// Where the next page begins; `nil` when this one is the last.
    public let next: ResultCursor?

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - statuses: The jobs, newest first.
    ///   - next: Where the next page begins.
    public init(statuses: [JobStatus], next: ResultCursor?) {
        self.statuses = statuses
        self.next = next
    }
}
