public import SQJobsCore

/// Where the states and outputs of jobs are kept: a database, or memory in tests. One contract for all of them, checked
/// by the conformance suite of `SQJobsConformance`.
///
/// There is one row for each ``ResultID``. The row is the lock: a worker runs a job while it holds the row's newest
/// claim, and only with that claim can the row be written.
///
/// - Calls take batches. An entry's answer stands at the entry's place; entries are independent of one another, and an
///   identity that stands in a batch twice is treated as in two calls. A call for no entries does nothing.
/// - A call that throws has done nothing, or all of it without being able to say so; calling again does no harm.
///   Code `storeUnavailable` says that the same call may succeed later, any other that it would fail again.
/// - Every time is the store's own: leases, delays and ages are given as durations and reckoned by the clock of the
///   database, never by that of the worker, so that the clocks of workers may differ.
/// - Texts come back as they went in: names, queues and identities hold any character but NUL; errors, notes and outputs
///   hold NUL too. An output is JSON of any length, at least 5 MB.
public protocol ResultStore: JobStore {
    /// How the store tells of changes; `nil` where one has to ask.
    var notices: (any ResultNotices)? { get }

    /// Writes that jobs are about to be sent: a `PENDING` row for each, unless there is a row already, which is left as
    /// it is.
    ///
    /// - Parameter jobs: The jobs.
    /// - Returns: For each, whether its row was inserted.
    func recordPending(_ jobs: [PendingResult]) async throws -> [Bool]

    /// Removes rows of jobs that were not sent after all. A row that was ever claimed stays.
    ///
    /// - Parameter ids: The jobs, whose rows this enqueueing inserted.
    func withdraw(_ ids: [ResultID]) async throws

    /// Asks for the right to run jobs.
    ///
    /// A row that is absent is inserted. One that is `PENDING` or `FAILURE`, or `RUNNING` with a lease that ended,
    /// becomes `RUNNING`: name and queue are those of the request, its token grows, its attempt is one more, or 1 after
    /// `FAILURE`, its progress is gone, its error stays, and its lease begins now.
    ///
    /// - Parameters:
    ///   - jobs: The jobs.
    ///   - lease: How long the rows are held unless they are renewed; more than zero.
    /// - Returns: For each, the claim and the attempt; or that it succeeded before, or is held by another claim.
    func claim(_ jobs: [ClaimRequest], lease: Duration) async throws -> [ClaimAnswer]

    /// Holds rows for longer, also when their leases ended, as long as nobody else claimed them.
    ///
    /// - Parameters:
    ///   - claims: The claims.
    ///   - lease: How long the rows are held from now.
    /// - Returns: For each, whether the row is still held by this claim.
    func renew(_ claims: [ResultClaim], lease: Duration) async throws -> [Bool]

    /// Writes how far running jobs are. A report whose claim is no longer the newest, or whose job ended, is ignored.
    ///
    /// - Parameter reports: The reports.
    func report(_ reports: [ProgressReport]) async throws

    /// Writes how attempts ended. The claim's lease may have ended; what counts is that no other claim came after it.
    /// Writing the same again has the same answer.
    ///
    /// A success has no error. What ends with `SUCCESS` or `FAILURE` has its time of finishing, what is `PENDING` again
    /// has none.
    ///
    /// - Parameter completions: The completions.
    /// - Returns: For each, whether it was written; it was not if the claim is no longer the newest, or the row is gone.
    func complete(_ completions: [ResultCompletion]) async throws -> [Bool]

    /// Looks jobs up.
    ///
    /// - Parameter ids: The jobs.
    /// - Returns: For each, its status; `nil` if there is no row.
    func statuses(of ids: [ResultID]) async throws -> [JobStatus?]

    /// Lists jobs, newest first: by the time at which they were first heard of, then by the bytes of their ids, both
    /// descending.
    ///
    /// - Parameters:
    ///   - filter: Which jobs.
    ///   - cursor: Where the page before ended; `nil` for the first page.
    ///   - limit: How many jobs at most; 1 or more.
    func list(_ filter: ResultFilter, after cursor: ResultCursor?, limit: Int) async throws -> ResultPage

    /// Removes old rows, a few at a time so that no worker has to wait: those that finished longer ago than they are
    /// kept, and those that did not finish and were last heard of longer ago than their message can be alive. A running
    /// job is heard of for as long as its lease lasts, a waiting one until its next attempt may begin.
    ///
    /// - Parameters:
    ///   - retention: How long rows are kept.
    ///   - limit: How many rows to remove at most.
    /// - Returns: How many were removed; as many as `limit` if there may be more.
    func prune(_ retention: ResultRetention, limit: Int) async throws -> Int

    /// What it takes to run a job again.
    ///
    /// - Parameter id: The job.
    /// - Returns: The job; `nil` if it is not `FAILURE`, or its arguments are not kept.
    func rerunnable(_ id: ResultID) async throws -> RerunnableJob?

    /// Makes a job that failed for good `PENDING` again, because it was sent again: its token grows, its attempts count
    /// from the start, and its error stays.
    ///
    /// - Parameter claim: The row as ``rerunnable(_:)`` saw it.
    /// - Returns: Whether it was done; it was not if somebody claimed the row since.
    func reopen(_ claim: ResultClaim) async throws -> Bool
}
