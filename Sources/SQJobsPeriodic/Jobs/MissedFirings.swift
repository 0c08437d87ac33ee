/// What becomes of the firings of a schedule that no beater was there for.
///
/// A firing counts as missed when it is late by more than a beater's interval. One that is on time is always enqueued.
public enum MissedFirings: Sendable, Hashable {
    /// They are forgotten.
    case skip
    /// The latest is made up for, unless one that is on time follows it.
    case latest
    /// All are made up for, in order; of more than the limit, the latest ones.
    case all(limit: Int)
}

extension MissedFirings: LosslessStringConvertible {
    /// Reads what ``description`` gives: `skip`, `latest` or `all:100`.
    ///
    /// - Parameter text: The text.
    public init?(_ text: String) {
        switch text {
        case "skip": self = .skip
        case "latest": self = .latest
        default:
            let parts = text.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0] == "all", let limit = Int(parts[1]), limit >= 1 else { return nil }
            self = .all(limit: limit)
        }
    }

    /// The policy as stores keep it: `skip`, `latest` or `all:100`.
    public var description: String {
        switch self {
        case .skip: "skip"
        case .latest: "latest"
        case .all(let limit): "all:\(limit)"
        }
    }
}
