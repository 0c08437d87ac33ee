import SQJobsResults

import struct Foundation.Data

/// How an attempt ended, as the columns of its row.
struct EndingColumns: Sendable {
    let state: JobState
    var output: Data?
    /// JSON.
    var error: String?
    /// When the next attempt may begin, from now.
    var delay: Duration?

    init(_ ending: ResultCompletion.Ending) throws {
        switch ending {
        case .success(let output):
            state = .success
            self.output = output
        case .failure(let error):
            state = .failure
            self.error = try ResultColumns.json(error)
        case .pending(let error, let delay):
            state = .pending
            self.error = try error.map { try ResultColumns.json($0) }
            self.delay = delay?.storable
        }
    }
}

extension Duration {
    /// What does not fit beside today is taken for a thousand years.
    var storable: Duration { max(Self.longest * -1, min(self, Self.longest)) }

    private static var longest: Duration { .seconds(31_557_600_000) }
}
