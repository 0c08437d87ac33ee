import Synchronization

import struct Foundation.Calendar
import struct Foundation.Date
import struct Foundation.DateComponents
import struct Foundation.TimeInterval
import struct Foundation.TimeZone

/// How far SQS's clock is ahead of ours; signatures are dated by SQS's.
final class ClockSkew: Sendable {
    /// AWS takes signatures that are up to five minutes off; closer than this, the clock isn't what is wrong.
    private static let tolerance: TimeInterval = 240
    private let offset = Mutex<TimeInterval>(0)

    /// A time of ours on SQS's clock.
    func corrected(_ date: Date) -> Date {
        date.addingTimeInterval(offset.withLock { $0 })
    }

    /// Learns from a refused signature.
    ///
    /// - Parameters:
    ///   - field: The `Date` field of the answer.
    ///   - now: Our time.
    /// - Returns: Whether the clock was off, so that a new signature may be accepted.
    func learn(from field: String?, now: Date) -> Bool {
        guard let field, let theirs = Self.date(field) else { return false }
        let distance = theirs.timeIntervalSince(now)
        return offset.withLock { offset in
            guard abs(distance - offset) > Self.tolerance else { return false }
            offset = distance
            return true
        }
    }

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
    static func date(_ field: String) -> Date? {
        let parts = field.split(whereSeparator: { $0 == " " || $0 == "," || $0 == ":" })
        guard parts.count == 8, let month = months.firstIndex(of: String(parts[2])),
            let zone = TimeZone(identifier: "GMT")
        else { return nil }
        let numbers = [parts[1], parts[3], parts[4], parts[5], parts[6]].compactMap { Int($0) }
        guard numbers.count == 5 else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar.date(
            from: DateComponents(
                year: numbers[1], month: month + 1, day: numbers[0], hour: numbers[2], minute: numbers[3],
                second: numbers[4]))
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
