import Foundation
import GRDB
import SQJobsCore
import SQJobsResults

/// The rows of results within one transaction, at one time.
struct ResultRows {
    private let database: Database
    private let now: Int64

    init(_ database: Database, at now: Date) {
        self.database = database
        self.now = StoreTime.microseconds(now)
    }

    func insert(_ job: PendingResult) throws -> Bool {
        try execute(
            """
            INSERT INTO sqjobs_results (id, name, queue, state, created_at, updated_at, next_attempt_at, args, kwargs)
            VALUES (?, ?, ?, 'PENDING', ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """,
            [
                job.id.rawValue, job.name, job.queue.rawValue, now, now, job.delay > .zero ? after(job.delay) : nil,
                job.arguments?.args, job.arguments?.kwargs,
            ])
    }

    func withdraw(_ id: ResultID) throws {
        try execute("DELETE FROM sqjobs_results WHERE id = ? AND token = 0", [id.rawValue])
    }

    /// In plain statements: one with `RETURNING` makes SQLite build a table of its own at each execution, which costs more
    /// than all of these.
    func claim(_ job: ClaimRequest, lease: Duration) throws -> ClaimAnswer {
        let isFree = try execute(
            """
            UPDATE sqjobs_results
            SET name = ?, queue = ?, state = 'RUNNING', attempt = CASE state WHEN 'FAILURE' THEN 1 ELSE attempt + 1 END,
                token = token + 1, started_at = ?, updated_at = ?, finished_at = NULL, next_attempt_at = NULL,
                lease_ends_at = ?, progress = NULL, args = coalesce(args, ?), kwargs = coalesce(kwargs, ?)
            WHERE id = ? AND (state IN ('PENDING', 'FAILURE') OR (state = 'RUNNING' AND lease_ends_at <= ?))
            """,
            [
                job.name, job.queue.rawValue, now, now, after(lease), job.arguments?.args, job.arguments?.kwargs,
                job.id.rawValue, now,
            ])
        let statement = try database.cachedStatement(
            sql: "SELECT token, attempt, state, lease_ends_at FROM sqjobs_results WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [job.id.rawValue]) else {
            return try insertClaimed(job, lease: lease)
        }
        if isFree { return .started(ResultClaim(id: job.id, token: row[0]), attempt: row[1]) }
        if row[2] == JobState.success.rawValue { return .succeeded }
        return .held(for: .microseconds(max(1, (row[3] as Int64? ?? now) - now)))
    }

    private func insertClaimed(_ job: ClaimRequest, lease: Duration) throws -> ClaimAnswer {
        try execute(
            """
            INSERT INTO sqjobs_results (
                id, name, queue, state, attempt, token, created_at, started_at, updated_at, lease_ends_at, args, kwargs
            )
            VALUES (?, ?, ?, 'RUNNING', 1, 1, ?, ?, ?, ?, ?, ?)
            """,
            [
                job.id.rawValue, job.name, job.queue.rawValue, now, now, now, after(lease), job.arguments?.args,
                job.arguments?.kwargs,
            ])
        return .started(ResultClaim(id: job.id, token: 1), attempt: 1)
    }

    func renew(_ claim: ResultClaim, lease: Duration) throws -> Bool {
        try execute(
            "UPDATE sqjobs_results SET lease_ends_at = ? WHERE id = ? AND token = ? AND state = 'RUNNING'",
            [after(lease), claim.id.rawValue, claim.token])
    }

    func report(_ report: ProgressReport) throws {
        try execute(
            """
            UPDATE sqjobs_results SET progress = ?, updated_at = ? WHERE id = ? AND token = ? AND state = 'RUNNING'
            """,
            [try Self.json(report.progress), now, report.claim.id.rawValue, report.claim.token])
    }

    func complete(_ completion: ResultCompletion) throws -> Bool {
        let claim = completion.claim
        switch completion.ending {
        case .success(let output):
            return try finish(claim, .success, output: output, error: nil)
        case .failure(let error):
            return try finish(claim, .failure, output: nil, error: error)
        case .pending(let error, let delay):
            return try execute(
                """
                UPDATE sqjobs_results
                SET state = 'PENDING', error = coalesce(?, error), updated_at = ?, finished_at = NULL,
                    next_attempt_at = ?, lease_ends_at = NULL
                WHERE id = ? AND token = ?
                """,
                [try error.map(Self.json), now, delay.map(after), claim.id.rawValue, claim.token])
        }
    }

    func status(of id: ResultID) throws -> JobStatus? {
        let statement = try database.cachedStatement(
            sql: "SELECT \(ResultColumns.all) FROM sqjobs_results WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id.rawValue]).map { try ResultColumns.status(of: $0, at: now) }
    }

    func page(_ query: ResultQuery, limit: Int) throws -> ResultPage {
        // One more than asked for tells whether there is another page.
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT \(ResultColumns.all) FROM sqjobs_results \(query.condition)
                ORDER BY created_at DESC, id DESC LIMIT ?
                """,
            arguments: StatementArguments(query.arguments + [limit + 1]))
        let page = rows.prefix(limit)
        return ResultPage(
            statuses: try page.map { try ResultColumns.status(of: $0, at: now) },
            next: rows.count > limit ? page.last.map(ResultColumns.cursor) : nil)
    }

    func prune(_ retention: ResultRetention, limit: Int) throws -> Int {
        let finished = try delete(
            """
            SELECT rowid FROM sqjobs_results WHERE finished_at IS NOT NULL AND finished_at < ?
            ORDER BY finished_at LIMIT ?
            """,
            [before(retention.finished), limit])
        guard finished < limit else { return finished }
        let unknown = before(retention.unknown)
        return finished
            + (try delete(
                """
                SELECT rowid FROM sqjobs_results
                WHERE finished_at IS NULL AND created_at < ?
                    AND max(updated_at, coalesce(next_attempt_at, 0), coalesce(lease_ends_at, 0)) < ?
                ORDER BY created_at LIMIT ?
                """,
                [unknown, unknown, limit - finished]))
    }

    func rerunnable(_ id: ResultID) throws -> RerunnableJob? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT token, name, queue, args, kwargs FROM sqjobs_results
                WHERE id = ? AND state = 'FAILURE' AND args IS NOT NULL AND kwargs IS NOT NULL
                """,
            arguments: [id.rawValue])
        return row.map { row in
            RerunnableJob(
                claim: ResultClaim(id: id, token: row["token"]), name: row["name"], queue: QueueName(row["queue"]),
                arguments: JobArguments(checkedArgs: row["args"], kwargs: row["kwargs"]))
        }
    }

    func reopen(_ claim: ResultClaim) throws -> Bool {
        try execute(
            """
            UPDATE sqjobs_results
            SET state = 'PENDING', attempt = 0, token = token + 1, updated_at = ?, finished_at = NULL
            WHERE id = ? AND token = ? AND state = 'FAILURE'
            """,
            [now, claim.id.rawValue, claim.token])
    }

    private func finish(
        _ claim: ResultClaim, _ state: JobState, output: Data?, error: StoredError?
    ) throws -> Bool {
        try execute(
            """
            UPDATE sqjobs_results
            SET state = ?, output = ?, error = ?, updated_at = ?, finished_at = ?, next_attempt_at = NULL,
                lease_ends_at = NULL
            WHERE id = ? AND token = ?
            """,
            [state.rawValue, output, try error.map(Self.json), now, now, claim.id.rawValue, claim.token])
    }

    private func delete(_ rowids: String, _ arguments: StatementArguments) throws -> Int {
        try database.execute(sql: "DELETE FROM sqjobs_results WHERE rowid IN (\(rowids))", arguments: arguments)
        return database.changesCount
    }

    /// Executes a statement that concerns one row.
    ///
    /// - Returns: Whether there was such a row.
    @discardableResult
    private func execute(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
        return database.changesCount > 0
    }

    private func after(_ duration: Duration) -> Int64 { now + StoreTime.microseconds(duration) }

    private func before(_ duration: Duration) -> Int64 { now - StoreTime.microseconds(duration) }

    /// As JSON a text may hold a NUL, at which SQLite would end it.
    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try WireJSON.encoder.encode(value), as: UTF8.self)
    }
}
