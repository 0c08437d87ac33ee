/// Where the classes that discovery can see end: the class from which all of a job's come.
enum JobBase: Hashable {
    /// `Job` or `ResultJob`.
    case job
    /// `PeriodicJob`, which is `Scheduled`.
    case periodicJob
    /// A class of another package that the target's configuration names. What it overrides is unknown.
    case declared

    /// The modules that declare the library's own.
    static let modules: Set<String> = ["SQJobsCore", "SQJobsPeriodic", "SQJobsResults"]

    /// The library's class of a name.
    init?(_ name: String) {
        switch name {
        case "Job", "ResultJob": self = .job
        case "PeriodicJob": self = .periodicJob
        default: return nil
        }
    }
}
