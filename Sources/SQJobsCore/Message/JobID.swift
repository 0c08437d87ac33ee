package import struct Foundation.Date

/// Makes the ids of jobs: UUIDs of version 7 (RFC 9562), which sort by the time at which they were made.
package enum JobID {
    /// A new id, in lower case.
    ///
    /// - Parameter date: The time to put into the id's first 48 bits, in milliseconds since 1970.
    package static func make(at date: Date) -> String {
        make(at: date, entropy: (.random(in: 0 ... .max), .random(in: 0 ... .max)))
    }

    /// The id that a time and 128 bits give: the first 12 and the next 62 bits that the version and the variant leave.
    package static func make(at date: Date, entropy: (UInt64, UInt64)) -> String {
        let milliseconds = UInt64(max(0, date.timeIntervalSince1970 * 1000)) & 0xFFFF_FFFF_FFFF
        let high = milliseconds << 16 | 0x7000 | (entropy.0 & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (entropy.1 & 0x3FFF_FFFF_FFFF_FFFF)
        return text(high, low)
    }

    /// The time in an id of version 7; `nil` for any other text.
    package static func date(of id: String) -> Date? {
        let text = id.utf8
        guard text.count == 36, text.dropFirst(14).first == UInt8(ascii: "7") else { return nil }
        guard let milliseconds = UInt64(id.prefix(8) + id.dropFirst(9).prefix(4), radix: 16) else { return nil }
        return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    private static func text(_ high: UInt64, _ low: UInt64) -> String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var place = 0
            for digit in 0..<32 {
                if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                    buffer[place] = UInt8(ascii: "-")
                    place += 1
                }
                let half = digit < 16 ? high : low
                let value = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (digit % 16))) & 0xF
                buffer[place] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
                place += 1
            }
            return place
        }
    }
}
