public import SQJobsCore

extension RegisteredJob {
    /// Whether the job's state is kept where a store is there to keep it.
    public var storesResult: Bool { type is any StoresResult.Type }
}
