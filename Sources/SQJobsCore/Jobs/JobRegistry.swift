/// The jobs that an app has: a list of how to make each, from which workers, beaters and commands look them up.
///
/// ```swift
/// let jobs = JobRegistry {
///     AdderJob()
///     SendTicket(mailer: mailer)
/// }
/// ```
///
/// Each expression is evaluated anew for each message.
public struct JobRegistry: Sendable {
    private var jobsByName: [String: RegisteredJob] = [:]
    private var clashes: [SQJobsError] = []

    /// Registers jobs.
    ///
    /// - Parameter jobs: The jobs, each as an expression that makes one, and other registries to include.
    public init(@JobRegistryBuilder _ jobs: () -> [RegisteredJob]) {
        self.init(jobs())
    }

    /// Registers jobs from a list.
    ///
    /// - Parameter jobs: The jobs, as another registry's ``jobs`` or ``RegisteredJob/init(_:)`` gives them.
    public init(_ jobs: [RegisteredJob] = []) {
        for job in jobs {
            if let other = jobsByName[job.name] {
                clashes.append(
                    SQJobsError(
                        .duplicateJob,
                        "The jobs \(other.typeName) and \(job.typeName) are both named “\(job.name)”: give one of them a"
                            + " name of its own by overriding `class var name`.",
                        job: job.name))
            }
            jobsByName[job.name] = job
        }
    }

    /// The registered jobs, in the order of their names.
    public var jobs: [RegisteredJob] {
        jobsByName.values.sorted { $0.name < $1.name }
    }

    /// The job of a name.
    ///
    /// - Parameter name: The name that stands in a message.
    public subscript(name: String) -> RegisteredJob? {
        jobsByName[name]
    }

    /// Makes sure that the registry can be used. Workers, beaters and commands call it when they start.
    ///
    /// - Throws: ``SQJobsError`` with code `duplicateJob` that names both jobs of one name.
    public func validate() throws {
        if let clash = clashes.first { throw clash }
    }

    /// The job of a name, or an error that says it is unknown.
    package func job(named name: String) throws -> RegisteredJob {
        if let job = jobsByName[name] { return job }
        throw SQJobsError(
            .unknownJob,
            "No job named “\(name)” is registered here: register it, or send it to a queue whose workers know it.",
            job: name)
    }
}
