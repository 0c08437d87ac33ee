public import SQJobsCore
public import SQJobsPeriodic
import Synchronization

public import struct Foundation.Date

/// A store of schedules with their outbox in memory, for tests: it keeps every promise of the contract, and its time is that
/// of the clock that it is given.
///
/// ```swift
/// let store = InMemoryScheduleStore(clock: clock.jobClock)
/// let beater = Beater(broker: broker, store: store, jobs: jobs, clock: clock.jobClock)
/// ```
///
/// Nothing outlives the process.
public final class InMemoryScheduleStore: ScheduleStore {
    private let clock: JobClock
    private let state = Mutex(InMemorySchedules())
    private let listeners = Mutex<[AsyncStream<Void>.Continuation]>([])

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
        for listener in listeners.withLock({ $0 }) { listener.finish() }
    }

    /// Yields when something was put in or changed.
    public func wakeUps() -> AsyncStream<Void>? {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        listeners.withLock { $0.append(continuation) }
        return stream
    }

    /// Puts entries in.
    public func put(_ entries: [OutboxEntry]) async throws -> [Bool] {
        for entry in entries { try entry.requireStorable() }
        defer { wake() }
        return state.withLock { state in entries.map { state.outbox.put($0) } }
    }

    /// Takes entries to send.
    public func claim(
        _ limit: Int, at now: Date, lease: Duration, queues: [QueueName]
    ) async throws -> [OutboxClaim] {
        let elapsed = clock.elapsed()
        return state.withLock { $0.outbox.claim(limit, at: now, elapsed: elapsed, lease: lease, queues: queues) }
    }

    /// Removes entries that were sent.
    public func remove(_ numbers: [Int64]) async throws {
        state.withLock { $0.outbox.remove(Set(numbers)) }
    }

    /// Puts entries off that could not be sent.
    public func postpone(_ refusals: [OutboxRefusal]) async throws {
        let elapsed = clock.elapsed()
        state.withLock { state in
            for refusal in refusals { state.outbox.postpone(refusal, elapsed: elapsed) }
        }
    }

    /// When the next entry becomes due.
    public func nextDue(after now: Date, queues: [QueueName]) async throws -> Date? {
        state.withLock { $0.outbox.nextDue(after: now, queues: queues) }
    }

    /// Looks at what waits.
    public func waiting(after number: Int64, limit: Int) async throws -> [OutboxStatus] {
        state.withLock { $0.outbox.waiting(after: number, limit: limit) }
    }

    /// Reserves unique keys.
    public func reserve(_ reservations: [UniqueReservation]) async throws -> [String] {
        let elapsed = clock.elapsed()
        return state.withLock { state in reservations.map { state.outbox.reserve($0, elapsed: elapsed) } }
    }

    /// Frees unique keys.
    public func free(_ reservations: [UniqueReservation]) async throws {
        state.withLock { state in
            for reservation in reservations { state.outbox.free(reservation) }
        }
    }

    /// Fires what is due.
    public func beat(
        at now: Date, limit: Int, queues: [QueueName], _ plan: @escaping @Sendable (DueSchedule) -> ScheduleBeat
    ) async throws -> BeatReport {
        state.withLock { $0.beat(at: now, limit: limit, queues: queues, plan) }
    }

    /// Brings the schedules of registered jobs up to date.
    public func synchronise(_ drafts: [ScheduleDraft], queues: [QueueName]) async throws -> [String] {
        defer { wake() }
        return state.withLock { $0.synchronise(drafts, queues: queues) }
    }

    /// Adds schedules.
    public func add(_ drafts: [ScheduleDraft]) async throws -> [Bool] {
        defer { wake() }
        return state.withLock { state in drafts.map { state.add($0, .app) } }
    }

    /// Changes a schedule.
    public func change(_ draft: ScheduleDraft) async throws -> Bool {
        defer { wake() }
        return state.withLock { $0.change(draft) }
    }

    /// Has a schedule fire again.
    public func enable(_ name: String, nextAt: Date?) async throws -> Bool {
        defer { wake() }
        return state.withLock { $0.enable(name, nextAt: nextAt) }
    }

    /// Has a schedule no longer fire.
    public func disable(_ name: String) async throws -> Bool {
        state.withLock { $0.disable(name) }
    }

    /// Removes a schedule.
    public func remove(schedule name: String) async throws -> Bool {
        state.withLock { $0.rows.removeValue(forKey: name) != nil }
    }

    /// Looks a schedule up.
    public func schedule(_ name: String) async throws -> ScheduleStatus? {
        state.withLock { $0.rows[name] }
    }

    /// Lists schedules.
    public func schedules(after name: String?, limit: Int) async throws -> [ScheduleStatus] {
        state.withLock { $0.list(after: name, limit: limit) }
    }

    private func wake() {
        for listener in listeners.withLock({ $0 }) { listener.yield() }
    }
}
