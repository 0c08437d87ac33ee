public import Foundation

/// One firing of an expression, with what the clock in its zone shows then.
public struct CronFiring: Sendable, Hashable {
    /// The instant.
    public let date: Date

    /// The zone in which the expression was read.
    public let timeZone: TimeZone

    /// The seconds that the zone is ahead of UTC at `date`.
    public let secondsFromGMT: Int

    /// What the clock shows at `date`.
    public let local: CronLocalTime

    /// The time that the expression names: `local`, unless the firing was moved. If a gap moved several times to the
    /// same instant, the first of them.
    public let nominal: CronLocalTime

    /// Whether the clock skipped the time that the expression names, so that it fires at the end of the gap.
    public let isMoved: Bool

    /// Whether the clock was put back and shows `local` for the second time. Only expressions that follow the clock
    /// (their minute or hour field begins with `*`) fire again then; the first firing is not marked.
    public let isRepeated: Bool

    init(_ found: CronSearch.Found, in zone: TimeZone) {
        let reading = found.instant + found.span.offset
        date = Date(timeIntervalSince1970: Double(found.instant))
        timeZone = zone
        secondsFromGMT = found.span.offset
        local = CronLocalTime(reading: reading)
        nominal = CronLocalTime(reading: found.reading)
        isMoved = reading != found.reading
        isRepeated = reading <= found.span.latestBefore
    }
}
