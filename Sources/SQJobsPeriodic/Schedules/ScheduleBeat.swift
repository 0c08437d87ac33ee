public import SQJobsCore

public import struct Foundation.Date

/// What a store writes for a schedule that was due.
public struct ScheduleBeat: Sendable {
    /// The firings, in order, for the outbox.
    public let entries: [OutboxEntry]
    /// The time of the last firing; `nil` leaves the one that is there.
    public let lastFiringAt: Date?
    /// When the schedule is due next; `nil` if it never is.
    public let nextAt: Date?

    /// Makes a beat.
    ///
    /// - Parameters:
    ///   - entries: The firings, in order.
    ///   - lastFiringAt: The time of the last firing.
    ///   - nextAt: When the schedule is due next.
    public init(entries: [OutboxEntry], lastFiringAt: Date?, nextAt: Date?) {
        self.entries = entries
        self.lastFiringAt = lastFiringAt
        self.nextAt = nextAt
    }
}
