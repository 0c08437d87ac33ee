public import struct Foundation.Date

/// A schedule that is to be kept, and when it would fire next if it were new.
public struct ScheduleDraft: Sendable {
    /// The schedule.
    public let schedule: Schedule
    /// When it fires next, by the time of whoever keeps it; `nil` if never.
    public let nextAt: Date?

    /// Makes a draft.
    ///
    /// - Parameters:
    ///   - schedule: The schedule.
    ///   - nextAt: When it fires next.
    public init(_ schedule: Schedule, nextAt: Date?) {
        self.schedule = schedule
        self.nextAt = nextAt
    }
}
