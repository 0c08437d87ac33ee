import Foundation
import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("Rows of results in PostgreSQL", .timeLimit(.minutes(2)))
struct ResultRowTests {
    private static func request(_ id: String) throws -> ClaimRequest {
        ClaimRequest(id: try ResultID(of: id), name: "job", queue: "q")
    }

    private static func claims(_ ids: [String], in store: PostgresStore) async throws -> [ResultClaim] {
        try await store.claim(try ids.map(request), lease: .seconds(60)).compactMap { answer in
            guard case .started(let claim, _) = answer else { return nil }
            return claim
        }
    }

    @Test("claiming rows and renewing their leases changes no index")
    func heapOnly() async throws {
        try await TestServer.shared().withStore(pool: 1) { store in
            let ids = (0..<50).map { "job-\($0)" }
            _ = try await store.recordPending(
                try ids.map { PendingResult(id: try ResultID(of: $0), name: "job", queue: "q") })
            // Few a page, so that new versions have room however the first lie.
            let claims = try await Self.claims(Array(ids.prefix(10)), in: store)
            #expect(try await store.renew(claims, lease: .seconds(60)) == claims.map { _ in true })
            let rows = try await store.pool.withConnection { connection in
                _ = try await connection.execute(PostgresStatement("SELECT pg_stat_force_next_flush()"))
                return try await connection.execute(
                    PostgresStatement(
                        "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE schemaname = $1 AND relname = $2",
                        .text(store.pool.url.schema.name), .text("results")))
            }
            #expect(try rows[0].value("n_tup_upd", as: Int.self) == 20)
            #expect(try rows[0].value("n_tup_hot_upd", as: Int.self) == 20)
        }
    }

    @Test("calls for the same rows in any order never wait for each other in a circle")
    func deadlocks() async throws {
        let server = try TestServer.shared()
        var random = SeededGenerator()
        let ids = (0..<40).map { "job-\($0)" }
        let orders = (0..<120).map { _ in Array(ids.shuffled(using: &random).prefix(20)) }
        print("Calls for the same rows: seed \(random.seed)")
        try await server.withStore(pool: 6) { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<6 {
                    group.addTask {
                        for order in orders[lane * 20..<lane * 20 + 20] {
                            let claims = try await Self.claims(order, in: store).shuffled()
                            _ = try await store.renew(claims, lease: .seconds(60))
                            let all = try order.map { ResultClaim(id: try ResultID(of: $0), token: 1) }
                            _ = try await store.renew(all, lease: .seconds(60))
                            _ = try await store.complete(
                                claims.map {
                                    ResultCompletion(claim: $0, ending: .pending(after: nil, nextAttemptIn: nil))
                                })
                        }
                    }
                }
                try await group.waitForAll()
            }
            let statuses = try await store.statuses(of: try ids.map { try ResultID(of: $0) })
            #expect(statuses.allSatisfy { $0?.state == .pending })
        }
    }

    @Test("a list of failed or unfinished jobs reads those alone, however many have finished")
    func lists() async throws {
        try await TestServer.shared().withStore { store in
            let table = store.pool.url.schema.qualified("results")
            _ = try await store.pool.execute(
                PostgresStatement(
                    """
                    INSERT INTO \(table) (id, name, queue, state, created_at, updated_at, finished_at)
                    SELECT 'old-' || n, 'job', 'q', 'SUCCESS', now(), now(), now() FROM generate_series(1, 20000) AS n
                    """))
            _ = try await store.pool.execute(PostgresStatement("ANALYZE \(table)"))
            for states: Set<JobState> in [[.failure], [.pending, .running]] {
                let query = ResultQuery(ResultFilter(states: states), after: nil)
                let plan = try await store.pool.execute(
                    PostgresStatement(
                        "EXPLAIN SELECT id FROM \(table) \(query.condition) ORDER BY created_at DESC, id DESC LIMIT 10",
                        query.values, isPlannedAnew: true))
                let text = try plan.map { try $0.value(0, as: String.self) }.joined(separator: "\n")
                let index = states == [.failure] ? "results_failed" : "results_unfinished"
                #expect(text.contains(index), "\(text)")
            }
        }
    }

    @Test("times too long for a date are taken for a thousand years")
    func longest() async throws {
        try await TestServer.shared().withStore { store in
            let id = try ResultID(of: "a")
            let far = Duration.seconds(Int64.max)
            _ = try await store.recordPending([PendingResult(id: id, name: "job", queue: "q", delay: far)])
            let next = try #require(try await store.statuses(of: [id])[0]?.nextAttemptAt)
            #expect(next.timeIntervalSinceNow > 900 * 365 * 86_400)
            #expect(try await store.prune(ResultRetention(finished: far, unknown: far), limit: 10) == 0)
            _ = try await store.claim([try Self.request("a")], lease: far)
        }
    }
}
