public import SQJobsCore

import struct Foundation.Date

/// The schedules of a store, as an app changes them while beaters run.
///
/// ```swift
/// let schedules = Schedules(store)
/// try await schedules.add(Schedule("report-es", job: "report", queue: "reports", "0 7 * * MON-FRI", in: "Europe/Madrid"))
/// try await schedules.change("report-es") { $0.expression = "0 8 * * MON-FRI" }
/// try await schedules.disable("report-es")
/// ```
///
/// Those of registered jobs follow the code: they can be disabled, enabled and run now, but not changed.
public struct Schedules: Sendable {
    /// Where the schedules are kept.
    public let store: any ScheduleStore
    private let clock: JobClock

    /// Looks at the schedules of a store.
    ///
    /// - Parameters:
    ///   - store: Where the schedules are kept.
    ///   - clock: The time by which next firings are reckoned.
    public init(_ store: any ScheduleStore, clock: JobClock = .system) {
        self.store = store
        self.clock = clock
    }

    /// Adds a schedule.
    ///
    /// - Parameter schedule: The schedule.
    /// - Throws: ``SQJobsError`` with code `duplicateSchedule` if there is one of its name; `invalidConfiguration`.
    public func add(_ schedule: Schedule) async throws {
        guard try await store.add([try draft(schedule)]).first == true else {
            throw SQJobsError(
                .duplicateSchedule,
                "There is a schedule “\(schedule.name)” already: change it, or choose another name.", job: schedule.job)
        }
    }

    /// Changes a schedule that was added. It keeps its last firing, and its next time unless expression or zone change.
    ///
    /// - Parameters:
    ///   - name: The schedule's name.
    ///   - change: Changes it; the name stays.
    /// - Returns: The schedule as it is now.
    /// - Throws: ``SQJobsError`` with code `unknownSchedule` if there is none; `invalidConfiguration` if it belongs to a
    ///   registered job, or cannot be so.
    @discardableResult
    public func change(_ name: String, _ change: (inout Schedule) throws -> Void) async throws -> Schedule {
        let status = try await status(of: name)
        guard status.origin == .app else {
            throw SQJobsError(
                .invalidConfiguration,
                "The schedule “\(name)” belongs to a registered job: change it in the job's class.",
                job: status.schedule.job)
        }
        var schedule = status.schedule
        try change(&schedule)
        schedule.name = name
        let draft = try draft(schedule)
        guard try await store.change(draft) else { throw Self.unknown(name) }
        return draft.schedule
    }

    /// Has a schedule fire again; what it missed is not made up for.
    ///
    /// - Parameter name: The schedule's name.
    /// - Throws: ``SQJobsError`` with code `unknownSchedule` if there is none.
    public func enable(_ name: String) async throws {
        let schedule = try await status(of: name).schedule
        guard try await store.enable(name, nextAt: try schedule.next(after: clock.now())) else {
            throw Self.unknown(name)
        }
    }

    /// Has a schedule no longer fire.
    ///
    /// - Parameter name: The schedule's name.
    /// - Throws: ``SQJobsError`` with code `unknownSchedule` if there is none.
    public func disable(_ name: String) async throws {
        guard try await store.disable(name) else { throw Self.unknown(name) }
    }

    /// Removes a schedule. That of a registered job comes back when the next beater starts.
    ///
    /// - Parameter name: The schedule's name.
    /// - Throws: ``SQJobsError`` with code `unknownSchedule` if there is none.
    public func remove(_ name: String) async throws {
        guard try await store.remove(schedule: name) else { throw Self.unknown(name) }
    }

    /// Fires a schedule once, now, also one that is disabled; its next time stays.
    ///
    /// - Parameter name: The schedule's name.
    /// - Returns: The job's ticket.
    /// - Throws: ``SQJobsError`` with code `unknownSchedule` if there is none.
    @discardableResult
    public func runNow(_ name: String) async throws -> JobTicket<JSONValue> {
        let schedule = try await status(of: name).schedule
        let now = clock.now()
        let id = JobID.make(at: now)
        let firing = Firing(scheduledAt: now, isLate: false)
        _ = try await store.put([try schedule.entry(for: firing, id: id, onceKey: nil, at: now)])
        return JobTicket(id: id, name: schedule.job, queue: schedule.queue, messageID: id)
    }

    /// What is known of a schedule.
    ///
    /// - Parameter name: The schedule's name.
    /// - Throws: ``SQJobsError`` with code `unknownSchedule` if there is none.
    public func status(of name: String) async throws -> ScheduleStatus {
        guard let status = try await store.schedule(name) else { throw Self.unknown(name) }
        return status
    }

    /// Lists schedules, in the order of their names.
    ///
    /// - Parameters:
    ///   - name: The last schedule of the page before; `nil` for the first page.
    ///   - limit: How many schedules at most; 100 unless given.
    /// - Throws: ``SQJobsError``.
    public func list(after name: String? = nil, limit: Int = 100) async throws -> [ScheduleStatus] {
        guard limit >= 1 else {
            throw SQJobsError(.invalidConfiguration, "The limit of a list is \(limit): it must be 1 or more.")
        }
        return try await store.schedules(after: name, limit: limit)
    }

    private func draft(_ schedule: Schedule) throws -> ScheduleDraft {
        try schedule.validate()
        var schedule = schedule
        try schedule.seed()
        return ScheduleDraft(schedule, nextAt: try schedule.next(after: clock.now()))
    }

    private static func unknown(_ name: String) -> SQJobsError {
        SQJobsError(.unknownSchedule, "There is no schedule “\(name)”: list them to see their names.")
    }
}
