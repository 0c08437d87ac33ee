/// Whether a schedule fires.
public enum ScheduleState: String, Sendable, Hashable {
    /// It fires.
    case enabled = "ENABLED"
    /// Somebody disabled it; it stays so until somebody enables it.
    case disabled = "DISABLED"
    /// Its job is no longer registered; once it is again, the schedule fires again.
    case gone = "GONE"
}

extension ScheduleState: CustomStringConvertible {
    /// The state in a word, as the command `schedules` prints it.
    public var description: String { rawValue.lowercased() }
}
