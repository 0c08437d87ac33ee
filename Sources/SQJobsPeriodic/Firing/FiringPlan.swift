import Foundation
import SQJobsCore
import SQJobsCron

/// Which firings of a schedule are due at a time, and when the next will be.
///
/// Those that are late by no more than the tolerance are on time, and all of them are enqueued. Of those that were missed
/// the policy says which are made up for. A time at or before the last firing never comes again.
struct FiringPlan: Sendable {
    /// The firings, in order.
    let firings: [Firing]
    /// When the schedule is due next; `nil` if it never is.
    let next: Date?

    /// Plans.
    ///
    /// - Parameters:
    ///   - schedule: The schedule.
    ///   - first: When it became due.
    ///   - last: Its last firing.
    ///   - now: The time.
    ///   - tolerance: How late a firing may be and still be on time.
    init(_ schedule: Schedule, since first: Date, last: Date?, at now: Date, tolerance: Duration) throws {
        let zone = try schedule.zone()
        let cron = schedule.expression
        let start = max(first, last.map { $0.addingTimeInterval(0.001) } ?? first)
        let onTime = now.addingTimeInterval(-(tolerance / .seconds(1)))
        var times: [Date] = []
        var missed = 0
        // Backwards, so that what was missed in a year costs no more than what is made up for.
        var end = Self.justAfter(now)
        while let time = cron.previous(before: end, in: zone), time >= start {
            end = time
            if let lateness = schedule.lateness, time < now.addingTimeInterval(-(lateness / .seconds(1))) { break }
            if time < onTime {
                guard missed < schedule.missedFirings.limit(haveOnTime: !times.isEmpty && missed == 0) else { break }
                missed += 1
            }
            times.append(time)
        }
        firings = times.reversed().map { Firing(scheduledAt: $0, isLate: $0 < onTime) }
        next = cron.next(after: max(now, last ?? now), in: zone)
    }

    /// `previous` is strictly before its argument, and a time may be now.
    private static func justAfter(_ date: Date) -> Date {
        date.addingTimeInterval(0.001)
    }
}

extension MissedFirings {
    /// How many missed firings are made up for.
    fileprivate func limit(haveOnTime: Bool) -> Int {
        switch self {
        case .skip: 0
        case .latest: haveOnTime ? 0 : 1
        case .all(let limit): limit
        }
    }
}
