public import SQJobsCore
public import SQJobsResults
import Synchronization

/// A store of results in memory, for tests: it keeps every promise of the contract, and its time is that of the clock
/// that it is given.
///
/// ```swift
/// let store = InMemoryResultStore()
/// broker.enqueueMiddleware.append(EnqueueRecording(store, jobs: jobs))
/// let results = Results(store)
/// ```
///
/// Nothing outlives the process.
public final class InMemoryResultStore: ResultStore {
    private struct State {
        var rows: [ResultID: InMemoryResultRow] = [:]
        var listeners: [Int: (id: ResultID, continuation: AsyncStream<Void>.Continuation)] = [:]
        var lastListener = 0
    }

    private let clock: JobClock
    private let state = Mutex(State())

    /// Makes an empty store.
    ///
    /// - Parameter clock: The times to go by: the machine's own, or a ``ManualClock``'s.
    public init(clock: JobClock = .system) {
        self.clock = clock
    }

    /// None: there is no schema.
    public func pendingMigrations() async throws -> [StoreMigration] { [] }

    /// Does nothing: there is no schema.
    public func migrate() async throws -> [StoreMigration] { [] }

    /// Ends what listens for changes; the rows stay.
    public func shutdown() async {
        for (_, continuation) in state.withLock({ Array($0.listeners.values) }) { continuation.finish() }
    }

    /// Tells of each change.
    public var notices: (any ResultNotices)? { Notices(store: self) }

    /// Inserts rows of jobs that are about to be sent.
    public func recordPending(_ jobs: [PendingResult]) async throws -> [Bool] {
        let now = clock.now()
        return change(jobs.map(\.id)) { rows in
            jobs.map { job in
                guard rows[job.id] == nil else { return false }
                rows[job.id] = InMemoryResultRow(
                    id: job.id, name: job.name, queue: job.queue, arguments: job.arguments, delay: job.delay, at: now)
                return true
            }
        }
    }

    /// Removes rows that were never claimed.
    public func withdraw(_ ids: [ResultID]) async throws {
        change(ids) { rows in
            for id in ids where rows[id]?.token == 0 { rows[id] = nil }
        }
    }

    /// Claims rows.
    public func claim(_ jobs: [ClaimRequest], lease: Duration) async throws -> [ClaimAnswer] {
        let now = clock.now()
        return change(jobs.map(\.id)) { rows in
            jobs.map { job in
                var row =
                    rows[job.id]
                    ?? InMemoryResultRow(
                        id: job.id, name: job.name, queue: job.queue, arguments: job.arguments, delay: .zero, at: now)
                let answer = row.claim(job, lease: lease, at: now)
                rows[job.id] = row
                return answer
            }
        }
    }

    /// Holds rows for longer.
    public func renew(_ claims: [ResultClaim], lease: Duration) async throws -> [Bool] {
        let end = clock.now().adding(lease)
        return change([]) { rows in
            claims.map { claim in
                guard let row = rows[claim.id], row.token == claim.token, row.status.state == .running else {
                    return false
                }
                rows[claim.id]?.leaseEnds = end
                return true
            }
        }
    }

    /// Writes how far jobs are.
    public func report(_ reports: [ProgressReport]) async throws {
        let now = clock.now()
        change(reports.map(\.claim.id)) { rows in
            for report in reports {
                let id = report.claim.id
                guard rows[id]?.token == report.claim.token, rows[id]?.status.state == .running else { continue }
                rows[id]?.status.progress = report.progress
                rows[id]?.status.updatedAt = now
            }
        }
    }

    /// Writes how attempts ended.
    public func complete(_ completions: [ResultCompletion]) async throws -> [Bool] {
        let now = clock.now()
        return change(completions.map(\.claim.id)) { rows in
            completions.map { completion in
                guard rows[completion.claim.id]?.token == completion.claim.token else { return false }
                rows[completion.claim.id]?.complete(completion.ending, at: now)
                return true
            }
        }
    }

    /// Looks jobs up.
    public func statuses(of ids: [ResultID]) async throws -> [JobStatus?] {
        let now = clock.now()
        return state.withLock { state in ids.map { state.rows[$0]?.status(at: now) } }
    }

    /// Lists jobs, newest first.
    public func list(_ filter: ResultFilter, after cursor: ResultCursor?, limit: Int) async throws -> ResultPage {
        let now = clock.now()
        let fitting = state.withLock { Array($0.rows.values) }
            .filter { filter.fits($0.status) && (cursor.map($0.cursor.comesAfter) ?? true) }
            .sorted { $1.cursor.comesAfter($0.cursor) }
        let page = fitting.prefix(limit)
        return ResultPage(
            statuses: page.map { $0.status(at: now) }, next: page.count < fitting.count ? page.last?.cursor : nil)
    }

    /// Removes old rows.
    public func prune(_ retention: ResultRetention, limit: Int) async throws -> Int {
        let now = clock.now()
        return change([]) { rows in
            let expired = rows.filter { $0.value.isExpired(retention, at: now) }.keys.prefix(limit)
            for id in expired { rows[id] = nil }
            return expired.count
        }
    }

    /// What it takes to run a job again.
    public func rerunnable(_ id: ResultID) async throws -> RerunnableJob? {
        guard let row = state.withLock({ $0.rows[id] }), row.status.state == .failure, let arguments = row.arguments
        else { return nil }
        return RerunnableJob(
            claim: ResultClaim(id: id, token: row.token), name: row.status.name, queue: row.status.queue,
            arguments: arguments)
    }

    /// Makes a job that failed wait again.
    public func reopen(_ claim: ResultClaim) async throws -> Bool {
        let now = clock.now()
        return change([claim.id]) { rows in
            guard rows[claim.id]?.token == claim.token, rows[claim.id]?.status.state == .failure else { return false }
            rows[claim.id]?.reopen(at: now)
            return true
        }
    }

    /// Changes rows and tells whoever listens for one of the given.
    private func change<Answer>(_ ids: [ResultID], _ body: (inout [ResultID: InMemoryResultRow]) -> Answer) -> Answer {
        let (answer, listeners) = state.withLock { state in
            let answer = body(&state.rows)
            guard !state.listeners.isEmpty else { return (answer, [AsyncStream<Void>.Continuation]()) }
            return (answer, state.listeners.values.filter { ids.contains($0.id) }.map(\.continuation))
        }
        for listener in listeners { listener.yield() }
        return answer
    }

    private func listen(to id: ResultID) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.lastListener += 1
            state.listeners[state.lastListener] = (id, continuation)
            return state.lastListener
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { state in _ = state.listeners.removeValue(forKey: number) }
        }
        return stream
    }

    private struct Notices: ResultNotices {
        let store: InMemoryResultStore

        func changes(of id: ResultID) async throws -> AsyncStream<Void> { store.listen(to: id) }
    }
}

extension ResultFilter {
    fileprivate func fits(_ status: JobStatus) -> Bool {
        (states.isEmpty || states.contains(status.state))
            && (name == nil || name == status.name)
            && (queue == nil || queue == status.queue)
            && (createdFrom.map { $0 <= status.createdAt } ?? true)
            && (createdBefore.map { status.createdAt < $0 } ?? true)
    }
}

extension ResultCursor {
    /// Whether this place comes after another in a list whose newest jobs come first.
    fileprivate func comesAfter(_ other: ResultCursor) -> Bool {
        if createdAt != other.createdAt { return createdAt < other.createdAt }
        return id.utf8.lexicographicallyPrecedes(other.id.utf8)
    }
}
