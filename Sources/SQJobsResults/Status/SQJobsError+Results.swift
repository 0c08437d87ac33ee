public import SQJobsCore

extension SQJobsError.Code {
    /// A job's id, name or queue cannot be kept by a store.
    public static let unstorable = Self(rawValue: "unstorable")
    /// A job's output cannot be written as JSON.
    public static let unencodableOutput = Self(rawValue: "unencodableOutput")
    /// The job has no output, or is not known to the store.
    public static let resultUnknown = Self(rawValue: "resultUnknown")
    /// The job failed for good; the underlying error is a ``StoredError``.
    public static let jobFailed = Self(rawValue: "jobFailed")
    /// A job cannot be run again by its id.
    public static let cannotRerun = Self(rawValue: "cannotRerun")
}
