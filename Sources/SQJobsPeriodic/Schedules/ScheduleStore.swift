public import SQJobsCore

public import struct Foundation.Date

/// Where schedules are kept: a database, or memory in tests. One contract for all of them, checked by the conformance
/// suite of `SQJobsConformance`.
///
/// As many beaters as one likes share a store, without a leader: a schedule that is due is taken by one of them, within the
/// transaction that writes its firings into the ``Outbox`` and its next time into its row.
///
/// - When a schedule is due is reckoned by the caller's time.
/// - A call that throws has done nothing, or all of it without being able to say so.
/// - Texts hold any character but NUL.
public protocol ScheduleStore: Outbox {
    /// Takes schedules that are due, plans them and writes what was planned, all in one transaction. A schedule that
    /// another beater has taken is left to it. Its cost grows with what is due, not with how many schedules there are.
    ///
    /// - Parameters:
    ///   - now: The time by which they are due.
    ///   - limit: How many schedules to take at most; 1 or more.
    ///   - queues: The queues whose schedules to take; all of them if there is none.
    ///   - plan: Says what is to be written for a schedule; it may be called again for the same.
    func beat(
        at now: Date, limit: Int, queues: [QueueName], _ plan: @escaping @Sendable (DueSchedule) -> ScheduleBeat
    ) async throws -> BeatReport

    /// Brings the schedules of registered jobs up to date: new ones are inserted; one whose expression or zone changed gets
    /// its next time anew, any other keeps it; one that was gone is enabled again, with its next time anew; and one whose
    /// job is missing from the list is gone.
    ///
    /// - Parameters:
    ///   - drafts: The schedules of all registered jobs.
    ///   - queues: The queues to which the list is restricted; `[]` if it is not.
    /// - Returns: The names that schedules which somebody added have already; those were left alone.
    func synchronise(_ drafts: [ScheduleDraft], queues: [QueueName]) async throws -> [String]

    /// Adds schedules.
    ///
    /// - Parameter drafts: The schedules.
    /// - Returns: For each, whether it was added; it was not if there is one of its name.
    func add(_ drafts: [ScheduleDraft]) async throws -> [Bool]

    /// Changes a schedule that somebody added. It keeps its last firing, and its next time unless expression or zone
    /// changed.
    ///
    /// - Parameter draft: The schedule as it is to be.
    /// - Returns: Whether there is such a schedule.
    func change(_ draft: ScheduleDraft) async throws -> Bool

    /// Has a schedule fire again. One that fires is left as it is.
    ///
    /// - Parameters:
    ///   - name: The schedule's name.
    ///   - nextAt: When it fires next.
    /// - Returns: Whether there is such a schedule.
    func enable(_ name: String, nextAt: Date?) async throws -> Bool

    /// Has a schedule no longer fire.
    ///
    /// - Parameter name: The schedule's name.
    /// - Returns: Whether there is such a schedule.
    func disable(_ name: String) async throws -> Bool

    /// Removes a schedule. Firings that are in the outbox are sent.
    ///
    /// - Parameter name: The schedule's name.
    /// - Returns: Whether there was such a schedule.
    func remove(schedule name: String) async throws -> Bool

    /// Looks a schedule up.
    ///
    /// - Parameter name: The schedule's name.
    /// - Returns: The schedule; `nil` if there is none of that name.
    func schedule(_ name: String) async throws -> ScheduleStatus?

    /// Lists schedules, in the order of the bytes of their names.
    ///
    /// - Parameters:
    ///   - name: The last schedule of the page before; `nil` for the first page.
    ///   - limit: How many schedules at most; 1 or more.
    func schedules(after name: String?, limit: Int) async throws -> [ScheduleStatus]
}
