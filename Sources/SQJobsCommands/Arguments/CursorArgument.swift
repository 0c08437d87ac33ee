import SQJobsResults

/// Where a page of a list ended.
enum CursorArgument {
    /// Reads what a list printed at its end.
    static func cursor(_ text: String) throws -> ResultCursor {
        guard let cursor = ResultCursor(text) else {
            throw ArgumentFault("write what the page before printed at its end.")
        }
        return cursor
    }
}
