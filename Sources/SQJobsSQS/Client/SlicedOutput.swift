import SQJobsCore

/// An answer that reads itself from slices of its JSON.
protocol SlicedOutput {
    /// - Throws: `JSONSlice.Malformed` when the JSON is not what SQS's API describes.
    init(_ json: JSONSlice) throws
}
