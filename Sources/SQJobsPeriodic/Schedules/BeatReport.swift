public import struct Foundation.Date

/// What one step of a beater came to.
public struct BeatReport: Sendable, Hashable {
    /// How many schedules were due, up to the limit.
    public let schedules: Int
    /// How many firings were put into the outbox.
    public let firings: Int
    /// When the next schedule is due; `nil` if none will be.
    public let nextAt: Date?

    /// Makes a report: what a store's adapter returns.
    ///
    /// - Parameters:
    ///   - schedules: How many schedules were due.
    ///   - firings: How many firings were put into the outbox.
    ///   - nextAt: When the next schedule is due.
    public init(schedules: Int, firings: Int, nextAt: Date?) {
        self.schedules = schedules
        self.firings = firings
        self.nextAt = nextAt
    }
}
