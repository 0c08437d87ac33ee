import SQJobsCore

import struct Foundation.Date

/// A time as people give it: a date, or how long ago it was.
enum MomentArgument: Sendable, Equatable {
    case date(Date)
    case ago(Duration)

    /// Reads `2026-11-22`, `2026-11-22T09:30:00Z`, in UTC unless an offset is given, or an age such as `2h`.
    static func moment(_ text: String) throws -> MomentArgument {
        if let date = WireDate.date(text) { return .date(date) }
        guard let age = try? DurationArgument.duration(text) else {
            throw ArgumentFault("write a date such as 2026-11-22 or 2026-11-22T09:30:00Z, or an age such as 2h.")
        }
        return .ago(age)
    }

    /// The date, seen from now.
    func date(at now: Date) -> Date {
        switch self {
        case .date(let date): date
        case .ago(let age): now.addingTimeInterval(-(age / .seconds(1)))
        }
    }
}
