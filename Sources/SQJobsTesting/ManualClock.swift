public import Foundation
public import SQJobsCore
import Synchronization

/// A clock that stands still until a test moves it: what waits for hours in production is over at once in a test.
///
/// Hand ``jobClock`` to whatever is being tested, wait until it sleeps, then move the time:
///
/// ```swift
/// let clock = ManualClock()
/// let broker = try InMemoryBroker("mail", clock: clock.jobClock)
/// try await clock.waitForSleepers(1)
/// await clock.advance(by: .seconds(30))
/// ```
public final class ManualClock: Sendable {
    private struct Sleeper {
        let id: Int
        let deadline: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        let id: Int
        let count: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var start: Date
        var elapsed = Duration.zero
        var lastID = 0
        var sleepers: [Sleeper] = []
        var watchers: [Watcher] = []

        mutating func makeID() -> Int {
            lastID += 1
            return lastID
        }
    }

    private let state: Mutex<State>

    /// Makes a clock that stands still.
    ///
    /// - Parameter now: The wall time that it starts with; 15 January 2027, 08:00:00 UTC unless given.
    public init(now: Date = Date(timeIntervalSince1970: 1_800_000_000)) {
        state = Mutex(State(start: now))
    }

    /// The wall time.
    public var now: Date {
        state.withLock { $0.start.addingTimeInterval($0.elapsed / .seconds(1)) }
    }

    /// The time by which the clock was advanced since it was made.
    public var elapsed: Duration {
        state.withLock(\.elapsed)
    }

    /// How many tasks sleep on the clock.
    public var sleepers: Int {
        state.withLock(\.sleepers.count)
    }

    /// The time since the clock was made at which the next sleeper wakes; `nil` if nobody sleeps.
    var nextDeadline: Duration? {
        state.withLock { $0.sleepers.map(\.deadline).min() }
    }

    /// The clock as a broker, a worker or a middleware takes it.
    public var jobClock: JobClock {
        JobClock(now: { self.now }, elapsed: { self.elapsed }, sleep: { try await self.sleep(for: $0) })
    }

    /// Waits until the clock was advanced by a time.
    ///
    /// - Parameter duration: The time; zero or less is no wait.
    /// - Throws: `CancellationError` when the task is cancelled.
    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        let id = state.withLock { $0.makeID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let satisfied = state.withLock { state -> [Watcher]? in
                    if Task.isCancelled { return nil }
                    let deadline = state.elapsed + duration
                    state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    return Self.takeSatisfied(&state)
                }
                guard let satisfied else { return continuation.resume(throwing: CancellationError()) }
                for watcher in satisfied { watcher.continuation.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Moves both times on. Sleepers whose time comes are woken in the order of their times, each when the clock shows
    /// exactly that time, and are given a chance to run and to sleep again before the clock moves further.
    ///
    /// What a woken task does next may still be under way when the call returns: wait for that with
    /// ``waitForSleepers(_:patience:)`` or a condition of the test's own.
    ///
    /// - Parameter duration: How far to move; zero only lets others run.
    public func advance(by duration: Duration) async {
        await letOthersRun()
        let end = state.withLock { $0.elapsed + max(duration, .zero) }
        while true {
            let due = state.withLock { state in Self.takeDue(&state, until: end) }
            guard !due.isEmpty else { break }
            for sleeper in due { sleeper.continuation.resume() }
            await letOthersRun()
        }
        state.withLock { $0.elapsed = max($0.elapsed, end) }
    }

    /// Sets the wall time alone, as an administrator or a time server does: nobody wakes.
    ///
    /// - Parameter date: The wall time.
    public func setNow(_ date: Date) {
        state.withLock { $0.start = date.addingTimeInterval(-($0.elapsed / .seconds(1))) }
    }

    /// Waits until tasks sleep on the clock, so that a test need not sleep itself before it moves the time.
    ///
    /// - Parameters:
    ///   - count: How many sleepers there must be at least.
    ///   - patience: How long to wait for them in real time; 30 seconds unless given.
    /// - Throws: ``SQJobsError`` with code `timedOut` that says how many there were; `CancellationError`.
    public func waitForSleepers(_ count: Int, patience: Duration = .seconds(30)) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.watch(for: count) }
            group.addTask {
                try await JobClock.system.sleep(patience)
                throw SQJobsError(
                    .timedOut, "\(self.sleepers) tasks sleep on the manual clock where \(count) were expected.")
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func watch(for count: Int) async throws {
        let id = state.withLock { $0.makeID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.sleepers.count >= count { return .success(()) }
                    state.watchers.append(Watcher(id: id, count: count, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let watcher = state.withLock { state in
                state.watchers.firstIndex { $0.id == id }.map { state.watchers.remove(at: $0) }
            }
            watcher?.continuation.resume(throwing: CancellationError())
        }
    }

    private static func takeSatisfied(_ state: inout State) -> [Watcher] {
        let satisfied = state.watchers.filter { $0.count <= state.sleepers.count }
        state.watchers.removeAll { $0.count <= state.sleepers.count }
        return satisfied
    }

    /// Moves the time to the next sleeper's deadline and takes whoever waits for it out of the list.
    private static func takeDue(_ state: inout State, until end: Duration) -> [Sleeper] {
        guard let next = state.sleepers.map(\.deadline).min(), next <= end else { return [] }
        state.elapsed = max(state.elapsed, next)
        let due = state.sleepers.filter { $0.deadline == next }
        state.sleepers.removeAll { $0.deadline == next }
        return due
    }

    /// Hops through the executor at the lowest priority, so that tasks that can run do run first.
    private func letOthersRun() async {
        for _ in 0..<10 {
            await Task.detached(priority: .background) { await Task.yield() }.value
        }
    }
}
