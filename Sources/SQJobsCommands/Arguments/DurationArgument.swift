/// A time as people write it: `300` or `300s`, `5m`, `2h`, `1d`.
enum DurationArgument {
    /// Reads a time of whole seconds.
    static func duration(_ text: String) throws -> Duration {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), let unit = seconds(in: text.dropFirst(digits.count)) else {
            throw ArgumentFault("write seconds, or a time such as 90s, 5m, 2h or 1d.")
        }
        let (seconds, isTooLong) = count.multipliedReportingOverflow(by: unit)
        guard !isTooLong, seconds <= longest else {
            throw ArgumentFault("write a time of less than a century.")
        }
        return .seconds(seconds)
    }

    /// Writes a time as it is read, in the largest unit that keeps it whole.
    static func text(_ duration: Duration) -> String {
        let (seconds, fraction) = duration.components
        guard fraction == 0 else { return "\(duration / .seconds(1))s" }
        for (unit, size) in [("d", 86400), ("h", 3600), ("m", 60)] as [(String, Int64)]
        where seconds != 0 && seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }

    private static let longest = 100 * 366 * 86400

    private static func seconds(in unit: Substring) -> Int? {
        switch unit {
        case "", "s": 1
        case "m": 60
        case "h": 3600
        case "d": 86400
        default: nil
        }
    }
}
