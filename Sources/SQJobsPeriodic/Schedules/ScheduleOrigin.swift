/// Where a schedule comes from.
public enum ScheduleOrigin: String, Sendable, Hashable {
    /// A registered job; beaters keep it as the job has it.
    case job = "JOB"
    /// Somebody who added it.
    case app = "APP"
}
