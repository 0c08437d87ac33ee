import GRDB
import SQJobsCore
public import SQJobsResults

import struct Foundation.Data

/// The statements are prepared once a connection and executed once an entry, all those of a call in one transaction:
/// there is no server that would make a statement for many cheaper.
extension SQLiteStore: ResultStore {
    /// None: one has to ask.
    public var notices: (any ResultNotices)? { nil }

    /// Inserts rows of jobs that are about to be sent.
    public func recordPending(_ jobs: [PendingResult]) async throws -> [Bool] {
        try await writeEach(jobs) { rows, job in try rows.insert(job) }
    }

    /// Removes rows that were never claimed.
    public func withdraw(_ ids: [ResultID]) async throws {
        try await writeEach(ids) { rows, id in try rows.withdraw(id) }
    }

    /// Claims rows.
    public func claim(_ jobs: [ClaimRequest], lease: Duration) async throws -> [ClaimAnswer] {
        try await writeEach(jobs) { rows, job in try rows.claim(job, lease: lease) }
    }

    /// Holds rows for longer.
    public func renew(_ claims: [ResultClaim], lease: Duration) async throws -> [Bool] {
        try await writeEach(claims) { rows, claim in try rows.renew(claim, lease: lease) }
    }

    /// Writes how far jobs are.
    public func report(_ reports: [ProgressReport]) async throws {
        try await writeEach(reports) { rows, report in try rows.report(report) }
    }

    /// Writes how attempts ended.
    public func complete(_ completions: [ResultCompletion]) async throws -> [Bool] {
        try await writeEach(completions) { rows, completion in try rows.complete(completion) }
    }

    /// Looks jobs up.
    public func statuses(of ids: [ResultID]) async throws -> [JobStatus?] {
        guard !ids.isEmpty else { return [] }
        let clock = clock
        return try await read { database in
            let rows = ResultRows(database, at: clock.now())
            return try ids.map { try rows.status(of: $0) }
        }
    }

    /// Lists jobs, newest first.
    public func list(_ filter: ResultFilter, after cursor: ResultCursor?, limit: Int) async throws -> ResultPage {
        let clock = clock
        return try await read { database in
            try ResultRows(database, at: clock.now()).page(ResultQuery(filter, after: cursor), limit: limit)
        }
    }

    /// Removes old rows.
    public func prune(_ retention: ResultRetention, limit: Int) async throws -> Int {
        let clock = clock
        return try await write { database in
            try ResultRows(database, at: clock.now()).prune(retention, limit: limit)
        }
    }

    /// What it takes to run a job again.
    public func rerunnable(_ id: ResultID) async throws -> RerunnableJob? {
        let clock = clock
        return try await read { try ResultRows($0, at: clock.now()).rerunnable(id) }
    }

    /// Makes a job that failed wait again.
    public func reopen(_ claim: ResultClaim) async throws -> Bool {
        try await writeEach([claim]) { rows, claim in try rows.reopen(claim) }[0]
    }

    /// Writes entries in one transaction. The time is taken when it has begun: it may have had to wait.
    @discardableResult
    private func writeEach<Entry: Sendable, Answer: Sendable>(
        _ entries: [Entry], _ body: @escaping @Sendable (ResultRows, Entry) throws -> Answer
    ) async throws -> [Answer] {
        guard !entries.isEmpty else { return [] }
        let clock = clock
        return try await write { database in
            let rows = ResultRows(database, at: clock.now())
            return try entries.map { try body(rows, $0) }
        }
    }
}
