public import struct Foundation.Date

/// A schedule as a store has it.
public struct ScheduleStatus: Sendable {
    /// The schedule.
    public var schedule: Schedule
    /// Whether it comes from a registered job or was added by hand.
    public var origin: ScheduleOrigin
    /// Whether it fires.
    public var state: ScheduleState
    /// When it fires next; `nil` if it is not to.
    public var nextAt: Date?
    /// The time of its last firing; `nil` before the first.
    public var lastFiringAt: Date?

    /// Makes a status: what a store's adapter returns.
    ///
    /// - Parameters:
    ///   - schedule: The schedule.
    ///   - origin: Whether it comes from a registered job or was added by hand.
    ///   - state: Whether it fires.
    ///   - nextAt: When it fires next.
    ///   - lastFiringAt: The time of its last firing.
    public init(
        schedule: Schedule, origin: ScheduleOrigin, state: ScheduleState, nextAt: Date?, lastFiringAt: Date?
    ) {
        self.schedule = schedule
        self.origin = origin
        self.state = state
        self.nextAt = nextAt
        self.lastFiringAt = lastFiringAt
    }
}
