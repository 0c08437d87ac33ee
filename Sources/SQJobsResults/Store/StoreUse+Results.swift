public import SQJobsCore

extension StoreUse<any ResultStore> {
    /// Keeping the states and outputs of jobs.
    public static var results: Self { Self("results") }
}
