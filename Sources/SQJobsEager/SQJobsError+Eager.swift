public import SQJobsCore

extension SQJobsError.Code {
    /// A job that was run in place failed; the underlying error is the job's own, or says why it could not be run.
    public static let jobFailed = Self(rawValue: "jobFailed")
    /// A job was not run in place, because a middleware answered for it.
    public static let notRun = Self(rawValue: "notRun")
}
