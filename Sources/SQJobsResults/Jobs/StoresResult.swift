public import SQJobsCore

public import struct Foundation.Data

/// A job whose state is kept in a store while it waits, runs and after it ended. Subclass ``ResultJob``, or conform to
/// this protocol where a job is something else too.
///
/// ```swift
/// final class Reindex: Job<NoParameters, Void>, StoresResult { … }
/// ```
///
/// The output is kept too if its type is `Encodable`; of any other, such as `Void`, there is only the state.
public protocol StoresResult: JobProtocol {
    /// The output as it is kept. There is a default for every job.
    ///
    /// - Parameter output: What the job returned.
    /// - Returns: JSON; `nil` keeps the state alone.
    /// - Throws: `EncodingError` when the output cannot be written as JSON; the job has failed for good then.
    static func storedOutput(_ output: Output) throws -> Data?
}

extension StoresResult {
    /// Keeps the state alone.
    public static func storedOutput(_ output: Output) throws -> Data? { nil }
}

extension StoresResult where Output: Encodable {
    /// Keeps the output as JSON; dates are written as ISO 8601 in UTC.
    public static func storedOutput(_ output: Output) throws -> Data? {
        try WireJSON.encoder.encode(output)
    }
}

extension StoresResult {
    /// The output of an attempt, whose type the pipeline does not know.
    static func storedOutput(ofAny output: any Sendable) throws -> Data? {
        guard let output = output as? Output else { return nil }
        return try storedOutput(output)
    }
}
