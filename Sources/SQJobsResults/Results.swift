public import SQJobsCore

/// What became of jobs: a store as the code sees it that enqueued them.
///
/// ```swift
/// let results = Results(store)
/// let ticket = try await broker.enqueue(RenderInvoice.self, order)
/// let status = try await results.status(of: ticket.id)
/// let invoice = try await results.output(of: ticket, timeout: .seconds(30))
/// ```
public struct Results: Sendable {
    /// Where the rows are kept.
    public let store: any ResultStore
    let clock: JobClock

    /// Looks at results in a store.
    ///
    /// - Parameters:
    ///   - store: Where the rows are kept.
    ///   - clock: What measures time-outs and the pauses between two looks.
    public init(_ store: any ResultStore, clock: JobClock = .system) {
        self.store = store
        self.clock = clock
    }

    /// What is known of a job.
    ///
    /// - Parameter id: The job's id.
    /// - Returns: The status; `nil` when the store knows nothing of the job, or no more.
    /// - Throws: ``SQJobsError``: `storeUnavailable`, or `unstorable` for an id that no store can hold.
    public func status(of id: String) async throws -> JobStatus? {
        try await statuses(of: [id])[0]
    }

    /// What is known of several jobs.
    ///
    /// - Parameter ids: The jobs' ids.
    /// - Returns: For each, in order, its status or `nil`.
    /// - Throws: ``SQJobsError``, as for one job.
    public func statuses(of ids: [String]) async throws -> [JobStatus?] {
        let statuses = try await store.statuses(of: try ids.map { try ResultID(of: $0) })
        guard statuses.count == ids.count else {
            throw SQJobsError(
                .storeRefused, "The store did not answer for every job: report this to the author of its adapter.")
        }
        return statuses
    }

    /// Lists jobs, newest first.
    ///
    /// - Parameters:
    ///   - filter: Which jobs; all of them unless given.
    ///   - cursor: Where the page before ended; `nil` for the first page.
    ///   - limit: How many jobs at most; 50 unless given.
    /// - Throws: ``SQJobsError``.
    public func list(
        _ filter: ResultFilter = ResultFilter(), after cursor: ResultCursor? = nil, limit: Int = 50
    ) async throws -> ResultPage {
        guard limit >= 1 else {
            throw SQJobsError(.invalidConfiguration, "The limit of a list is \(limit): it must be 1 or more.")
        }
        return try await store.list(filter, after: cursor, limit: limit)
    }

    /// Removes all rows that are older than they are kept, in steps that no worker has to wait for.
    ///
    /// - Parameter retention: How long rows are kept.
    /// - Returns: How many rows were removed.
    /// - Throws: ``SQJobsError``; what was removed until then stays removed.
    @discardableResult
    public func prune(_ retention: ResultRetention = ResultRetention()) async throws -> Int {
        var count = 0
        while true {
            let step = try await store.prune(retention, limit: Pruning.step)
            count += step
            guard step == Pruning.step else { return count }
            try Task.checkCancellation()
        }
    }

    /// Runs a job again that failed for good: the same job with the same id and arguments, on the queue that it was on.
    ///
    /// - Parameters:
    ///   - id: The job's id.
    ///   - broker: Where the queue is.
    /// - Returns: The ticket.
    /// - Throws: ``SQJobsError`` with code `cannotRerun` when the job did not fail for good or its arguments are not
    ///   kept; `resultUnknown` when the store does not know it; and as for any enqueueing.
    @discardableResult
    public func rerun(_ id: String, on broker: any Broker) async throws -> JobTicket<JSONValue> {
        let identity = try ResultID(of: id)
        guard let job = try await store.rerunnable(identity) else { throw try await whyNotRerunnable(identity) }
        // A queue that drops repeats would take the job for one.
        let freshID = JobID.make(at: clock.now())
        let envelope = EnqueueEnvelope(
            name: job.name, queue: job.queue, options: [.id(identity.rawValue), .deduplicationID(freshID)])
        // Sent first: killed in between, the row still says that the job failed, which a worker that starts it corrects.
        let ticket: JobTicket<JSONValue> = try await broker.enqueue([job.arguments], in: envelope)[0].get()
        _ = try await store.reopen(job.claim)
        return ticket
    }

    private func whyNotRerunnable(_ id: ResultID) async throws -> SQJobsError {
        guard let status = try await store.statuses(of: [id]).first ?? nil else { return Self.unknown(id.rawValue) }
        guard status.state == .failure else {
            return SQJobsError(
                .cannotRerun,
                "The job “\(status.name)” with id \(id) is \(status.state): only one that is \(JobState.failure) can be"
                    + " run again.", job: status.name, queue: status.queue)
        }
        return SQJobsError(
            .cannotRerun,
            "The arguments of the job “\(status.name)” with id \(id) are not kept: enqueue it anew, and set"
                + " `keepsArguments` for the next time.", job: status.name, queue: status.queue)
    }

    package static func unknown(_ id: String) -> SQJobsError {
        SQJobsError(
            .resultUnknown,
            "The store knows no job with id \(id): it stores no result, was pruned, or was enqueued without recording.")
    }
}
