import Foundation
import SQJobsSQLite

/// Claims jobs and completes them, in an order of its own, until all are done.
struct Race {
    let path: String
    let jobs: Range<Int>

    private static let batch = 10
    private static let lease = Duration.milliseconds(500)

    func run() async throws {
        let store = try SQLiteStore(path: path)
        try await store.migrate()
        var left = jobs.map { "job-\($0)" }.shuffled()
        while !left.isEmpty {
            let batch = Array(left.prefix(Self.batch))
            let done = try await work(on: try batch.map { try ResultID(of: $0) }, in: store)
            left = left.dropFirst(batch.count) + batch.filter { !done.contains($0) }
        }
    }

    /// - Returns: The jobs that are done, whoever did them.
    private func work(on ids: [ResultID], in store: SQLiteStore) async throws -> Set<String> {
        _ = try await store.recordPending(ids.map { PendingResult(id: $0, name: "job", queue: "q") })
        let answers = try await store.claim(
            ids.map { ClaimRequest(id: $0, name: "job", queue: "q") }, lease: Self.lease)
        let claims = answers.compactMap { answer -> ResultClaim? in
            guard case .started(let claim, _) = answer else { return nil }
            return claim
        }
        _ = try await store.renew(claims, lease: Self.lease)
        try await store.report(claims.map { ProgressReport(claim: $0, progress: JobProgress(fraction: 0.5)) })
        let written = try await store.complete(
            claims.map { ResultCompletion(claim: $0, ending: .success(output: Data("\"\($0.id)\"".utf8))) })
        for (claim, isWritten) in zip(claims, written) where isWritten { SQLiteWorker.say("done \(claim.id)") }
        let statuses = try await store.statuses(of: ids)
        return Set(statuses.compactMap { $0?.state == .success ? $0?.id : nil })
    }
}
