import Foundation

/// PostgreSQL's times: microseconds since the year 2000.
enum PostgresTime {
    /// From 1 January 2000, where PostgreSQL counts from, to 1 January 2001, where Foundation does.
    private static let epoch = 31_622_400.0

    /// - Throws: ``PostgresError`` of kind `misuse` when PostgreSQL has no such time.
    static func microseconds(_ date: Date) throws -> Int64 {
        if date == .distantFuture { return .max }
        if date == .distantPast { return .min }
        let value = ((date.timeIntervalSinceReferenceDate + epoch) * 1_000_000).rounded()
        guard let microseconds = Int64(exactly: value) else {
            throw PostgresError(.misuse, "a time is out of PostgreSQL's range")
        }
        return microseconds
    }

    /// - Throws: ``PostgresError`` of kind `misuse` when PostgreSQL has none so long.
    static func microseconds(_ duration: Duration) throws -> Int64 {
        let (seconds, attoseconds) = duration.components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, isOver) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        guard !isTooLong, !isOver else { throw PostgresError(.misuse, "a time span is out of PostgreSQL's range") }
        return sum
    }

    /// A time; infinity is the distant future, and its opposite the distant past.
    static func date(_ microseconds: Int64) -> Date {
        switch microseconds {
        case .max: .distantFuture
        case .min: .distantPast
        default: Date(timeIntervalSinceReferenceDate: Double(microseconds) / 1_000_000 - epoch)
        }
    }
}
