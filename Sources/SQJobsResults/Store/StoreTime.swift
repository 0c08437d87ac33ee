package import struct Foundation.Date

/// Times as stores keep them: whole microseconds since 1970, the finest that PostgreSQL has.
package enum StoreTime {
    /// A date's microseconds.
    package static func microseconds(_ date: Date) -> Int64 {
        Int64((date.timeIntervalSince1970 * 1_000_000).rounded())
    }

    /// A duration's microseconds; what does not fit is taken for the longest that does.
    package static func microseconds(_ duration: Duration) -> Int64 {
        Int64(max(-longest, min(duration / .microseconds(1), longest)))
    }

    /// The date of a number of microseconds.
    package static func date(_ microseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
    }

    /// About 30,000 years: sums of a date and a duration stay within 64 bits.
    private static let longest: Double = 1e18
}
