public import SQJobsCore

public import struct Foundation.Data
public import struct Foundation.Date

/// What a store knows of one job.
public struct JobStatus: Sendable, Hashable {
    /// The job's id: of an id with a `#` what precedes it.
    public var id: String
    /// The job's name.
    public var name: String
    /// The queue that it was sent to last.
    public var queue: QueueName
    /// Where the job is on its way.
    public var state: JobState
    /// What the job returned, as JSON; `nil` before, and where only the state is kept.
    public var output: Data?
    /// What failed the last attempt that failed; `nil` once the job succeeded.
    public var error: StoredError?
    /// How many runs have started; after a `FAILURE` they count from the start.
    public var attempt: Int
    /// How far the attempt that began last said that it is.
    public var progress: JobProgress?
    /// Whether the job's arguments are kept, so that it can be run again by its id.
    public var keepsArguments: Bool
    /// When the job was first heard of, by the store's clock, as all its times.
    public var createdAt: Date
    /// When its last attempt began.
    public var startedAt: Date?
    /// When the row was last written, renewals of its lease aside.
    public var updatedAt: Date
    /// When the job succeeded, or failed for good.
    public var finishedAt: Date?
    /// When a waiting job may begin, as far as the worker or the enqueueing said.
    public var nextAttemptAt: Date?
    /// How much was left of the running worker's lease when the row was read, by the store's clock; less than zero once
    /// it ended.
    public var leaseRemaining: Duration?

    /// For how long the lease of a running job must have been over for the job to be called lost.
    public static let lostAfter = Duration.seconds(60)

    /// Makes a status: what a store returns.
    ///
    /// - Parameters:
    ///   - id: The job's id.
    ///   - name: The job's name.
    ///   - queue: The queue that it was sent to last.
    ///   - state: Where the job is on its way.
    ///   - output: What the job returned, as JSON.
    ///   - error: What failed the last attempt that failed.
    ///   - attempt: How many runs have started.
    ///   - progress: How far the attempt that began last is.
    ///   - keepsArguments: Whether the job's arguments are kept.
    ///   - createdAt: When the job was first heard of.
    ///   - startedAt: When its last attempt began.
    ///   - updatedAt: When the row was last written.
    ///   - finishedAt: When the job succeeded, or failed for good.
    ///   - nextAttemptAt: When a waiting job may begin.
    ///   - leaseRemaining: How much is left of the running worker's lease.
    public init(
        id: String, name: String, queue: QueueName, state: JobState, output: Data? = nil, error: StoredError? = nil,
        attempt: Int = 0, progress: JobProgress? = nil, keepsArguments: Bool = false, createdAt: Date,
        startedAt: Date? = nil, updatedAt: Date, finishedAt: Date? = nil, nextAttemptAt: Date? = nil,
        leaseRemaining: Duration? = nil
    ) {
        self.id = id
        self.name = name
        self.queue = queue
        self.state = state
        self.output = output
        self.error = error
        self.attempt = attempt
        self.progress = progress
        self.keepsArguments = keepsArguments
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.updatedAt = updatedAt
        self.finishedAt = finishedAt
        self.nextAttemptAt = nextAttemptAt
        self.leaseRemaining = leaseRemaining
    }
}

extension JobStatus {
    /// Whether the job's worker has been silent for so long that it is taken for dead. Another takes the job over when
    /// its message comes back.
    public var isLost: Bool {
        guard state == .running, let leaseRemaining else { return false }
        return leaseRemaining < .zero - Self.lostAfter
    }

    /// The job's output.
    ///
    /// - Parameter type: The output's type.
    /// - Returns: The output.
    /// - Throws: ``SQJobsError`` with code `resultUnknown` when the job has not succeeded or its output is not kept;
    ///   `DecodingError` when the output is of another type.
    public func output<Output: Decodable>(as type: Output.Type = Output.self) throws -> Output {
        guard state == .success else {
            throw SQJobsError(
                .resultUnknown,
                "The job “\(name)” with id \(id) has no output, its state is \(state): wait until it"
                    + " succeeded.", job: name, queue: queue)
        }
        guard let output else {
            throw SQJobsError(
                .resultUnknown,
                "The output of the job “\(name)” is not kept: make it a ResultJob, whose output is Codable.",
                job: name, queue: queue)
        }
        return try WireJSON.decoder.decode(Output.self, from: output)
    }
}
