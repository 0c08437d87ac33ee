import Logging
import SQJobsCore
import Synchronization

/// Writes what running jobs report of their progress: the first report at once, of later ones the last, a few times a
/// second, those of all jobs together.
final class ProgressReports: Sendable {
    private struct State {
        var waiting: [ResultClaim: JobProgress] = [:]
        var isWriting = false
    }

    private let store: any ResultStore
    private let clock: JobClock
    private let logger: Logger
    private let state = Mutex(State())

    /// How long to wait between two writes.
    private static let interval = Duration.milliseconds(250)

    init(_ store: any ResultStore, clock: JobClock, logger: Logger) {
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    /// Takes a report.
    func add(_ progress: JobProgress, of claim: ResultClaim) {
        let starts = state.withLock { state in
            state.waiting[claim] = progress
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if starts { Task { await writeWhileReported() } }
    }

    /// Forgets a report that was not written yet, for the job is over.
    func forget(_ claim: ResultClaim) {
        state.withLock { state in
            if !state.waiting.isEmpty { state.waiting[claim] = nil }
        }
    }

    private func writeWhileReported() async {
        while true {
            let reports = state.withLock { state in
                defer { state.waiting = [:] }
                state.isWriting = !state.waiting.isEmpty
                return state.waiting.map { ProgressReport(claim: $0.key, progress: $0.value) }
            }
            guard !reports.isEmpty else { return }
            do {
                try await store.report(reports)
            } catch {
                logger.debug("progress could not be written", metadata: ["error": "\(error)"])
            }
            try? await clock.sleep(Self.interval)
        }
    }
}
