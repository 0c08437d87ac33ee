import SQJobsCore

/// Which jobs of a registry are recorded.
struct RecordedJobs: Sendable {
    private let typeByName: [String: any StoresResult.Type]

    init(_ jobs: JobRegistry) {
        typeByName = Dictionary(
            jobs.jobs.compactMap { job in (job.type as? any StoresResult.Type).map { (job.name, $0) } }
        ) { first, _ in first }
    }

    /// The class of a job that is recorded; `nil` for any other.
    subscript(name: String) -> (any StoresResult.Type)? { typeByName[name] }
}
