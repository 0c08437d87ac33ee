import GRDB
import SQJobsCore
import Synchronization

/// Notices what other processes write to the file, as long as somebody waits for it: it asks for `PRAGMA data_version`,
/// which changes with every commit of another connection and costs no reading. It asks when the system tells of a write to
/// the log, and where the system cannot tell, again and again.
final class FileWatch: Sendable {
    private struct State {
        var watchers = 0
        var connection: DatabaseQueue?
        var version = 0
        var task: Task<Void, Never>?
        var events: FileEvents?
        /// The writes that the system told of.
        var writes = 0
    }

    /// How often there is a look.
    private struct Pace {
        /// The time between two looks, and the longer one once nothing has happened for a while.
        let interval: Duration
        let longInterval: Duration
        /// The looks without a change after which it takes longer.
        let patience: Int
    }

    private let path: String
    private let clock: JobClock
    private let signals: QueueSignals
    private let state = Mutex(State())

    /// The log is written to before its commit can be seen, so one write is worth several looks.
    private static let afterEvents = Pace(
        interval: .milliseconds(2), longInterval: .milliseconds(500), patience: 25)
    private static let withoutEvents = Pace(
        interval: .milliseconds(4), longInterval: .milliseconds(12), patience: 500)

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
            state.events = nil
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
                    let waker = Waker()
                    state.events = FileEvents(path: path + "-wal") { [weak self] in
                        self?.state.withLock { $0.writes += 1 }
                        waker.wake()
                    }
                    state.version = try Self.version(of: connection)
                    let pace = state.events == nil ? Self.withoutEvents : Self.afterEvents
                    state.task = Task { await self.look(at: pace, waker, on: connection) }
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
            state.events = nil
        }
    }

    private func look(at pace: Pace, _ waker: Waker, on connection: DatabaseQueue) async {
        var (looks, writes) = (0, 0)
        while !Task.isCancelled {
            if looks < pace.patience {
                try? await clock.sleep(pace.interval)
            } else {
                await waker.sleep(pace.longInterval, on: clock)
            }
            looks += 1
            let written = state.withLock { $0.writes }
            if written != writes { (looks, writes) = (0, written) }
            // A look that fails tells nothing; whoever waits looks for itself now and then.
            guard !Task.isCancelled, let version = try? Self.version(of: connection), !Task.isCancelled else {
                continue
            }
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
