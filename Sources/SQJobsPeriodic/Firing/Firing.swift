import Crypto
import Foundation
import SQJobsCore

/// One time at which a schedule enqueues its job.
struct Firing: Sendable, Hashable {
    /// The time that the schedule names.
    let scheduledAt: Date
    /// Whether it was missed and is made up for.
    let isLate: Bool

    /// The job's id, the same whoever fires: the time in milliseconds, then bits of a SHA-256 of schedule and time.
    func jobID(of schedule: String) -> String {
        let milliseconds = Int64((scheduledAt.timeIntervalSince1970 * 1000).rounded())
        let digest = SHA256.hash(data: Data("\(schedule)\n\(milliseconds)".utf8))
        let (high, low) = digest.withUnsafeBytes { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        return JobID.make(at: Date(timeIntervalSince1970: Double(milliseconds) / 1000), entropy: (high, low))
    }

    /// The schedule's keywords and the firing's, whose names win.
    func keywords(with kwargs: Data, in zone: TimeZone) -> Data {
        var own = "\"\(FiringKeyword.programmedDate)\":\"\(Self.text(scheduledAt, in: zone))\""
        if isLate { own += ",\"\(FiringKeyword.delayed)\":true" }
        // Spliced as text, so that numbers stay as they were written; of a name that comes twice the last counts.
        let body = kwargs.dropLast(while: Self.isSpace).dropLast()
        let isEmpty = body.dropLast(while: Self.isSpace).last == UInt8(ascii: "{")
        return body + Data((isEmpty ? own : ",\(own)").utf8) + Data("}".utf8)
    }

    /// The time as Python writes it: `2026-11-22T00:01:00+01:00`.
    private static func text(_ date: Date, in zone: TimeZone) -> String {
        let offset = zone.secondsFromGMT(for: date)
        let local = WireDate.text(
            Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down) + Double(offset)))
        let minutes = abs(offset) / 60
        let (hour, minute) = (minutes / 60, minutes % 60)
        return
            "\(local.dropLast())\(offset < 0 ? "-" : "+")\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (9...13).contains(byte)
    }
}

extension Data {
    fileprivate func dropLast(while predicate: (UInt8) -> Bool) -> Data {
        guard let last = lastIndex(where: { !predicate($0) }) else { return Data() }
        return self[...last]
    }
}
