import SQJobsCore
public import SQJobsResults

/// All entries of a call travel in one statement; times are the database's.
extension PostgresStore: ResultStore {
    /// Tells of the ends of jobs, by `LISTEN` and `NOTIFY`; for how far a job is one has to ask.
    public var notices: (any ResultNotices)? { resultNotices }

    /// Inserts rows of jobs that are about to be sent.
    public func recordPending(_ jobs: [PendingResult]) async throws -> [Bool] {
        try await answer(jobs, id: \.id, false) { rows, jobs in try await rows.insert(jobs) }
    }

    /// Removes rows that were never claimed.
    public func withdraw(_ ids: [ResultID]) async throws {
        guard !ids.isEmpty else { return }
        try await using { [resultRows] _ in try await resultRows.withdraw(ids) }
    }

    /// Claims rows.
    public func claim(_ jobs: [ClaimRequest], lease: Duration) async throws -> [ClaimAnswer] {
        try await answer(jobs, id: \.id, .succeeded) { rows, jobs in try await rows.claim(jobs, lease: lease) }
    }

    /// Holds rows for longer.
    public func renew(_ claims: [ResultClaim], lease: Duration) async throws -> [Bool] {
        try await answer(claims, id: \.id, false) { rows, claims in try await rows.renew(claims, lease: lease) }
    }

    /// Writes how far jobs are.
    public func report(_ reports: [ProgressReport]) async throws {
        _ = try await answer(reports, id: \.claim.id, true) { rows, reports in
            try await rows.report(reports)
            return reports.map { _ in true }
        }
    }

    /// Writes how attempts ended.
    public func complete(_ completions: [ResultCompletion]) async throws -> [Bool] {
        try await answer(completions, id: \.claim.id, false) { rows, completions in
            try await rows.complete(completions)
        }
    }

    /// Looks jobs up.
    public func statuses(of ids: [ResultID]) async throws -> [JobStatus?] {
        guard !ids.isEmpty else { return [] }
        return try await using { [resultRows] _ in try await resultRows.statuses(of: ids) }
    }

    /// Lists jobs, newest first.
    public func list(_ filter: ResultFilter, after cursor: ResultCursor?, limit: Int) async throws -> ResultPage {
        try await using { [resultRows] _ in
            try await resultRows.page(ResultQuery(filter, after: cursor), limit: limit)
        }
    }

    /// Removes old rows; those that somebody else has locked are left for the next time.
    public func prune(_ retention: ResultRetention, limit: Int) async throws -> Int {
        try await using { [resultRows] _ in try await resultRows.prune(retention, limit: limit) }
    }

    /// What it takes to run a job again.
    public func rerunnable(_ id: ResultID) async throws -> RerunnableJob? {
        try await using { [resultRows] _ in try await resultRows.rerunnable(id) }
    }

    /// Makes a job that failed wait again.
    public func reopen(_ claim: ResultClaim) async throws -> Bool {
        try await using { [resultRows] _ in try await resultRows.reopen(claim) }
    }

    /// Has a call carried out, in one round unless an identity stands in it twice.
    private func answer<Entry: Sendable, Answer: Sendable>(
        _ entries: [Entry], id: @Sendable (Entry) -> ResultID, _ none: Answer,
        _ call: @Sendable (ResultRows, [Entry]) async throws -> [Answer]
    ) async throws -> [Answer] {
        guard !entries.isEmpty else { return [] }
        let rounds = ResultRounds(entries, id: id)
        return try await using { [resultRows] _ in try await rounds.answers(none) { try await call(resultRows, $0) } }
    }
}
