import Logging
import SQJobsCore
import Synchronization

/// Removes old rows now and then while jobs are run, a bounded step at a time and beside the jobs.
final class Pruning: Sendable {
    private struct State {
        var next: Duration
        var isPruning = false
    }

    private let store: any ResultStore
    private let retention: ResultRetention
    private let clock: JobClock
    private let logger: Logger
    private let state: Mutex<State>

    /// How long to wait between two prunings, and between two steps of one.
    private static let interval = Duration.seconds(60)
    private static let pause = Duration.seconds(1)
    /// The rows of a step.
    static let step = 1000

    init(_ store: any ResultStore, _ retention: ResultRetention, clock: JobClock, logger: Logger) {
        self.store = store
        self.retention = retention
        self.clock = clock
        self.logger = logger
        // Workers that were started together do not prune together.
        state = Mutex(State(next: clock.elapsed() + Self.interval * Double.random(in: 0..<1)))
    }

    /// A job has ended: prunes if it is time to.
    func jobEnded() {
        let now = clock.elapsed()
        let isDue = state.withLock { state in
            guard !state.isPruning, state.next <= now else { return false }
            state.isPruning = true
            return true
        }
        if isDue { Task { await prune() } }
    }

    private func prune() async {
        do {
            while try await store.prune(retention, limit: Self.step) == Self.step { try await clock.sleep(Self.pause) }
        } catch {
            logger.warning("old results could not be removed: trying again later", metadata: ["error": "\(error)"])
        }
        let now = clock.elapsed()
        state.withLock { $0 = State(next: now + Self.interval) }
    }
}
