public import struct Foundation.Date

/// A schedule that a store found to be due.
public struct DueSchedule: Sendable {
    /// The schedule's name.
    public let name: String
    /// The schedule, or why its row cannot be read.
    public let schedule: Result<Schedule, any Error>
    /// When it became due.
    public let dueAt: Date
    /// The time of its last firing; `nil` before the first.
    public let lastFiringAt: Date?

    /// Describes a schedule that is due: what a store's adapter passes to the plan.
    ///
    /// - Parameters:
    ///   - name: The schedule's name.
    ///   - schedule: The schedule, or why its row cannot be read.
    ///   - dueAt: When it became due.
    ///   - lastFiringAt: The time of its last firing.
    public init(name: String, schedule: Result<Schedule, any Error>, dueAt: Date, lastFiringAt: Date?) {
        self.name = name
        self.schedule = schedule
        self.dueAt = dueAt
        self.lastFiringAt = lastFiringAt
    }
}
