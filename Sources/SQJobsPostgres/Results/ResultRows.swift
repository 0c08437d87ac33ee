import SQJobsCore
import SQJobsResults

/// The rows of results in a database. Each call is one statement; no identity stands in its entries twice.
struct ResultRows: Sendable {
    private let pool: PostgresPool
    private let sql: ResultStatements
    private let channel: String

    init(_ pool: PostgresPool) {
        self.pool = pool
        sql = ResultStatements(pool.url.schema)
        channel = ResultChannel.name(in: pool.url.schema)
    }

    func insert(_ jobs: [PendingResult]) async throws -> [Bool] {
        let rows = try await pool.execute(
            PostgresStatement(
                sql.insert, .texts(jobs.map(\.id.rawValue)), .texts(jobs.map(\.name)),
                .texts(jobs.map(\.queue.rawValue)), .intervals(jobs.map { $0.delay > .zero ? $0.delay.storable : nil }),
                .bytesList(jobs.map { $0.arguments?.args }), .bytesList(jobs.map { $0.arguments?.kwargs })))
        return try Self.presence(of: jobs.map(\.id), in: rows)
    }

    func withdraw(_ ids: [ResultID]) async throws {
        _ = try await pool.execute(.plannedAnew(sql.withdraw, .texts(ids.map(\.rawValue))))
    }

    func claim(_ jobs: [ClaimRequest], lease: Duration) async throws -> [ClaimAnswer] {
        let rows = try await pool.execute(
            PostgresStatement(
                sql.claim, .texts(jobs.map(\.id.rawValue)), .texts(jobs.map(\.name)),
                .texts(jobs.map(\.queue.rawValue)), .bytesList(jobs.map { $0.arguments?.args }),
                .bytesList(jobs.map { $0.arguments?.kwargs }), .interval(lease.storable)))
        let granted = Dictionary(try rows.map { (try $0.value(0, as: String.self), $0) }) { first, _ in first }
        let refused = jobs.filter { granted[$0.id.rawValue] == nil }
        let refusals = refused.isEmpty ? [:] : try await refusals(of: refused, lease: lease)
        return try jobs.map { job in
            guard let row = granted[job.id.rawValue] else { return try Self.require(refusals[job.id]) }
            return .started(
                ResultClaim(id: job.id, token: Int64(try row.value(1, as: Int.self))), attempt: try row.value(2))
        }
    }

    func renew(_ claims: [ResultClaim], lease: Duration) async throws -> [Bool] {
        let rows = try await pool.execute(
            .plannedAnew(
                sql.renew, .texts(claims.map(\.id.rawValue)), .integers(claims.map { Int($0.token) }),
                .interval(lease.storable)))
        return try Self.presence(of: claims.map(\.id), in: rows)
    }

    func report(_ reports: [ProgressReport]) async throws {
        _ = try await pool.execute(
            .plannedAnew(
                sql.report, .texts(reports.map(\.claim.id.rawValue)), .integers(reports.map { Int($0.claim.token) }),
                .texts(try reports.map { try ResultColumns.json($0.progress) })))
    }

    /// Whoever waits is notified when the rows are committed, of rows that are refused too: that does no harm.
    func complete(_ completions: [ResultCompletion]) async throws -> [Bool] {
        let endings = try completions.map { try EndingColumns($0.ending) }
        let write = PostgresStatement.plannedAnew(
            sql.complete, .texts(completions.map(\.claim.id.rawValue)),
            .integers(completions.map { Int($0.claim.token) }), .texts(endings.map(\.state.rawValue)),
            .bytesList(endings.map(\.output)), .texts(endings.map(\.error)), .intervals(endings.map(\.delay)))
        let finished = zip(completions, endings).filter { $1.state.isFinished }.map(\.0.claim.id)
        let rows =
            finished.isEmpty
            ? try await pool.execute(write)
            : try await pool.pipeline([
                write, PostgresStatement(sql.notify, .text(channel), .texts(ResultChannel.payloads(for: finished))),
            ])[0]
        return try Self.presence(of: completions.map(\.claim.id), in: rows)
    }

    func statuses(of ids: [ResultID]) async throws -> [JobStatus?] {
        let rows = try await pool.execute(.plannedAnew(sql.statuses, .texts(ids.map(\.rawValue))))
        let found = try rows.map { try ResultColumns.status(of: $0) }
        let byID = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        return ids.map { byID[$0.rawValue] }
    }

    func page(_ query: ResultQuery, limit: Int) async throws -> ResultPage {
        // One more than asked for tells whether there is another page.
        let text = "\(sql.list) \(query.condition) ORDER BY created_at DESC, id DESC LIMIT $\(query.values.count + 1)"
        let rows = try await pool.execute(
            PostgresStatement(text, query.values + [.integer(limit + 1)], isPlannedAnew: true))
        let page = try rows.prefix(limit).map { try ResultColumns.status(of: $0) }
        return ResultPage(statuses: page, next: rows.count > limit ? page.last.map(ResultColumns.cursor) : nil)
    }

    func prune(_ retention: ResultRetention, limit: Int) async throws -> Int {
        let finished = try await pool.execute(
            .plannedAnew(sql.pruneFinished, .interval(retention.finished.storable), .integer(limit))
        ).affected
        guard finished < limit else { return finished }
        let unknown = try await pool.execute(
            .plannedAnew(sql.pruneUnknown, .interval(retention.unknown.storable), .integer(limit - finished)))
        return finished + unknown.affected
    }

    func rerunnable(_ id: ResultID) async throws -> RerunnableJob? {
        let rows = try await pool.execute(.plannedAnew(sql.rerunnable, .text(id.rawValue)))
        return try rows.first.map { row in
            RerunnableJob(
                claim: ResultClaim(id: id, token: Int64(try row.value("token", as: Int.self))),
                name: try row.value("name"), queue: QueueName(try row.value("queue")),
                arguments: JobArguments(checkedArgs: try row.value("args"), kwargs: try row.value("kwargs")))
        }
    }

    func reopen(_ claim: ResultClaim) async throws -> Bool {
        try await pool.execute(
            .plannedAnew(sql.reopen, .text(claim.id.rawValue), .integer(Int(claim.token)))
        ).affected > 0
    }

    /// Why rows could not be claimed. A row that changed since, and could be, is claimed after all.
    private func refusals(of jobs: [ClaimRequest], lease: Duration) async throws -> [ResultID: ClaimAnswer] {
        let rows = try await pool.execute(.plannedAnew(sql.refusals, .texts(jobs.map(\.id.rawValue))))
        let found = Dictionary(try rows.map { (try $0.value(0, as: String.self), $0) }) { first, _ in first }
        var answers: [ResultID: ClaimAnswer] = [:]
        var changed: [ClaimRequest] = []
        for job in jobs {
            let row = found[job.id.rawValue]
            let state: String? = try row?.value(1)
            let remaining: Duration = try row?.value(2, as: Duration?.self) ?? .zero
            if state == JobState.success.rawValue {
                answers[job.id] = .succeeded
            } else if state == JobState.running.rawValue, remaining > .zero {
                answers[job.id] = .held(for: remaining)
            } else {
                changed.append(job)
            }
        }
        guard !changed.isEmpty else { return answers }
        for (job, answer) in zip(changed, try await claim(changed, lease: lease)) { answers[job.id] = answer }
        return answers
    }

    /// Which of the ids a statement returned.
    private static func presence(of ids: [ResultID], in rows: PostgresRows) throws -> [Bool] {
        let found = Set(try rows.map { try $0.value(0, as: String.self) })
        return ids.map { found.contains($0.rawValue) }
    }

    private static func require(_ answer: ClaimAnswer?) throws -> ClaimAnswer {
        guard let answer else {
            throw PostgresError(.misuse, "a claim has no answer, because its row was read under another id")
        }
        return answer
    }
}
