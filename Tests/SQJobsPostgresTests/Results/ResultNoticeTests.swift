import Foundation
import SQJobsTesting
import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("Notices of results", .timeLimit(.minutes(2)))
struct ResultNoticeTests {
    private func succeed(_ ids: [String], in store: PostgresStore) async throws {
        let answers = try await store.claim(
            try ids.map { ClaimRequest(id: try ResultID(of: $0), name: "job", queue: "q") }, lease: .seconds(60))
        let completions = answers.compactMap { answer -> ResultCompletion? in
            guard case .started(let claim, _) = answer else { return nil }
            return ResultCompletion(claim: claim, ending: .success(output: Data("1".utf8)))
        }
        #expect(completions.count == ids.count)
        _ = try await store.complete(completions)
    }

    private func isListening(_ store: PostgresStore) async throws -> Bool {
        let rows = try await store.pool.execute(
            PostgresStatement(
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE $1 AND state = 'idle'",
                .text("LISTEN \"\(ResultChannel.name(in: store.pool.url.schema))\"%")))
        return try rows[0].value(0, as: Int.self) > 0
    }

    @Test("who waits hears of the end from another process's store, without ever looking by itself")
    func heard() async throws {
        let server = try TestServer.shared()
        let url = server.freshSchema()
        try await server.withStore(at: url) { store in
            try await server.withStore(at: url) { other in
                // The clock by which one would look again stands still.
                let results = Results(store, clock: ManualClock().jobClock)
                let waiting = Task { try await results.waitUntilFinished("a") }
                try await eventually("somebody listens") { try await isListening(store) }
                try await succeed(["b", "a"], in: other)
                #expect(try await waiting.value.state == .success)
            }
        }
    }

    @Test("an end that comes while the connection is broken is seen once there is a new one")
    func reconnected() async throws {
        try await TestServer.shared().withStore { store in
            let results = Results(store, clock: ManualClock().jobClock)
            let waiting = Task { try await results.waitUntilFinished("a") }
            try await eventually("somebody listens") { try await isListening(store) }
            _ = try await store.pool.execute(
                PostgresStatement(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE $1",
                    .text("LISTEN \"\(ResultChannel.name(in: store.pool.url.schema))\"%")))
            try await succeed(["a"], in: store)
            #expect(try await waiting.value.state == .success)
        }
    }

    @Test("each of many who wait hears of its own job's end, and nobody listens when none waits any more")
    func many() async throws {
        try await TestServer.shared().withStore { store in
            let results = Results(store, clock: ManualClock().jobClock)
            let ids = (0..<50).map { "job-\($0)" }
            let waiting = ids.map { id in Task { try await results.waitUntilFinished(id) } }
            try await eventually("somebody listens") { try await isListening(store) }
            try await succeed(ids, in: store)
            for (id, task) in zip(ids, waiting) { #expect(try await task.value.id == id) }
            try await eventually("nobody listens") { try await !isListening(store) }
        }
    }

    @Test("waiting ends in time where nothing can be heard")
    func away() async throws {
        let server = try await TestServer.own()
        try await server.withStore { store in
            try await succeed(["a"], in: store)
            try await server.order("stop")
            let changes = try await store.resultNotices.changes(of: try ResultID(of: "a"))
            await store.shutdown()
            for await _ in changes {}
        }
    }

    @Test("the ends of one call are one notification, unless they are too many for one")
    func payloads() throws {
        let ids = try (0..<2_000).map { try ResultID(of: "job-\($0)") }
        let payloads = ResultChannel.payloads(for: ids)
        #expect(payloads.count == 3)
        #expect(payloads.allSatisfy { $0.utf8.count < 8_000 })
        #expect(payloads.flatMap(ResultChannel.digests) == ids.map(ResultChannel.digest))
    }

    @Test("digests are FNV-1a's, so that programs of any version and machine agree")
    func digests() throws {
        #expect(ResultChannel.digest(try ResultID(of: "a")) == "e40c292c")
        #expect(ResultChannel.digest(try ResultID(of: "foobar")) == "bf9cf968")
    }

    @Test("a channel's name is one that PostgreSQL takes, for the longest schema too")
    func channel() throws {
        let schema = try PostgresSchema(String(repeating: "s", count: 63))
        #expect(ResultChannel.name(in: schema).utf8.count == 63)
        #expect(ResultChannel.name(in: .standard) == "results_sqjobs")
    }
}
