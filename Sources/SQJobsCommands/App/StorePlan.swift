import Logging
import SQJobsCore
import SQJobsResults

/// Which store a command uses, if any, and what is recorded in it.
struct StorePlan: Sendable {
    /// The store's URL; `nil` when none is named.
    let url: BackendURL?
    /// How the URL of a store is written; `nil` when the app links no backend that has one.
    let usage: String?
    let jobs: JobRegistry
    let recording: RecordingOptions
    let clock: JobClock
    let logger: Logger

    /// The store's URL, or an error that says how to name one.
    func requireURL() throws -> BackendURL {
        if let url { return url }
        guard let usage else {
            throw SQJobsError(
                .invalidConfiguration,
                "This app links no backend that has a store: list one in its `backends`, such as SQLiteBackend.")
        }
        throw SQJobsError(
            .invalidConfiguration, "No store is named: add --store or set SQJOBS_STORE, and write \(usage).")
    }
}
