import SQJobsCore

/// What is recorded of jobs, and how; the defaults suit most. The same options serve the enqueueing and the worker.
public struct RecordingOptions: Sendable {
    /// For how long a worker holds the row of a job that it runs; 30 seconds unless set. Leases are renewed before half
    /// of their time is used up, so this is how long after a worker's death another may take its jobs over.
    public var lease = Duration.seconds(30)

    /// Whether the arguments of jobs are kept, so that those that failed can be run again by their ids; not unless set,
    /// for arguments may hold secrets.
    public var keepsArguments = false

    /// What finds out where an error was thrown, to be kept beside its message; nothing unless set, for Swift's errors
    /// do not know it themselves.
    public var stack: (@Sendable (any Error) -> String?)?

    /// How long rows are kept.
    public var retention = ResultRetention()

    /// The default options.
    public init() {}

    /// Makes sure that the options can be used.
    ///
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` that names the option and shows its value.
    func validate() throws {
        guard lease >= .milliseconds(100) else { throw Self.invalid("lease", lease, "100 milliseconds or more") }
        guard retention.finished >= .zero else {
            throw Self.invalid("retention of finished jobs", retention.finished, "zero or more")
        }
        guard retention.unknown >= .zero else {
            throw Self.invalid("retention of unknown jobs", retention.unknown, "zero or more")
        }
    }

    private static func invalid(_ option: String, _ value: some Any, _ expected: String) -> SQJobsError {
        SQJobsError(.invalidConfiguration, "The \(option) of results is \(value): it must be \(expected).")
    }
}
