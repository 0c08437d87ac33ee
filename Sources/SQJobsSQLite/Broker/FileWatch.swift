import GRDB
import SQJobsCore
import Synchronization

/// Notices what other processes write to the file, as long as somebody waits for it: it asks again and again for
/// `PRAGMA data_version`, which changes with every commit of another connection and costs no reading.
final class FileWatch: Sendable {
    private struct State {
        var watchers = 0
        var connection: DatabaseQueue?
        var version = 0
        var task: Task<Void, Never>?
    }

    private let path: String
    private let clock: JobClock
    private let signals: QueueSignals
    private let state = Mutex(State())

    /// The time between two looks, and the longer one once nothing has happened for a while.
    private static let interval = Duration.milliseconds(4)
    private static let longInterval = Duration.milliseconds(12)
    /// The looks without a change after which it takes longer.
    private static let patience = 500

    init(path: String, clock: JobClock, signals: QueueSignals) {
        self.path = path
        self.clock = clock
        self.signals = signals
    }

    /// Has signals given of what changes from now on, as long as the body runs.
    func watching<Value>(_ body: () async throws -> Value) async throws -> Value {
        try begin()
        defer { end() }
        return try await body()
    }

    /// Yields at each change of the file, until the task is cancelled or the store shut down.
    ///
    /// - Parameters:
    ///   - continuation: What is told.
    ///   - pause: The time between two tellings at least.
    func yieldChanges(to continuation: AsyncStream<Void>.Continuation, atMostEvery pause: Duration) async {
        // Both ends of it come as errors; a file that cannot be watched is looked at now and then, as everywhere.
        try? await watching { () -> Void in
            while true {
                let changes = signals.changesOfAll
                // What was written before the watch began may not have been seen either.
                continuation.yield()
                try await clock.sleep(pause)
                try await signals.waitForAnyChange(since: changes)
            }
        }
    }

    /// Closes the connection.
    func close() async {
        let task = state.withLock { state in
            state.connection = nil
            return state.task
        }
        task?.cancel()
        await task?.value
    }

    private func begin() throws {
        do {
            try state.withLock { state in
                let connection = try state.connection ?? open()
                state.connection = connection
                if state.watchers == 0 {
                    state.version = try Self.version(of: connection)
                    state.task = Task { await self.look(every: Self.interval, on: connection) }
                }
                state.watchers += 1
            }
        } catch {
            throw SQLiteFault.using(path, error)
        }
    }

    private func end() {
        state.withLock { state in
            state.watchers -= 1
            guard state.watchers == 0 else { return }
            state.task?.cancel()
            state.task = nil
        }
    }

    private func look(every interval: Duration, on connection: DatabaseQueue) async {
        var looks = 0
        while (try? await clock.sleep(looks < Self.patience ? interval : Self.longInterval)) != nil {
            looks += 1
            // A look that fails tells nothing; whoever waits looks for itself now and then.
            guard let version = try? Self.version(of: connection), !Task.isCancelled else { continue }
            let isNew = state.withLock { state in
                defer { state.version = version }
                return state.version != version
            }
            guard isNew else { continue }
            looks = 0
            signals.wakeAll()
        }
    }

    private func open() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "sqjobs-watch"
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func version(of connection: DatabaseQueue) throws -> Int {
        try connection.unsafeRead { database in
            try Int.fetchOne(try database.cachedStatement(sql: "PRAGMA data_version")) ?? 0
        }
    }
}
