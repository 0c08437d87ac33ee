/// What the URL of a backend can name.
public enum BackendPart: String, Sendable, Hashable, CaseIterable {
    /// Where jobs are sent to and received from.
    case broker
    /// Where results, schedules and outgoing jobs are kept.
    case store
}

extension BackendPart: CustomStringConvertible {
    /// The part in a word.
    public var description: String { rawValue }
}
