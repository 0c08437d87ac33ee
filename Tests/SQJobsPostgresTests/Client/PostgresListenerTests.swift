import SQJobsCore
import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("Listening", .timeLimit(.minutes(2)))
struct PostgresListenerTests {
    private typealias Iterator = AsyncStream<PostgresListener.Event>.AsyncIterator

    private func notify(_ channel: String, _ payload: String) async throws {
        _ = try await TestServer.shared().connect().execute(
            PostgresStatement("SELECT pg_notify($1, $2)", .text(channel), .text(payload)))
    }

    /// The process that listens to a channel.
    private func listener(_ channel: String) async throws -> Int {
        let connection = try await TestServer.shared().connect()
        let rows = try await connection.execute(
            PostgresStatement("SELECT pid FROM pg_stat_activity WHERE query LIKE $1", .text("LISTEN \"\(channel)\"%")))
        return try rows[0].value(0)
    }

    private func withListener(_ body: (PostgresListener) async throws -> Void) async throws {
        let listener = PostgresListener(
            try TestServer.shared().url(), backoff: ReconnectBackoff(base: .milliseconds(1)), logger: .quiet)
        do {
            try await body(listener)
            await listener.shutdown()
        } catch {
            await listener.shutdown()
            throw error
        }
    }

    @Test("what is notified comes, after a sign that listening has begun; names and payloads of every kind")
    func notified() async throws {
        try await withListener { listener in
            let channel = "\(freshName()) \"é\""
            var events = listener.events(on: channel).makeAsyncIterator()
            #expect(await events.next() == .begun)
            for payload in ["", "plain", "quotes ' \" 🧑‍🚀", String(repeating: "x", count: 7_000)] {
                try await notify(channel, payload)
                #expect(await events.next() == .notified(payload: payload))
            }
        }
    }

    @Test("each gets what comes on its own channel, also one who begins later")
    func several() async throws {
        try await withListener { listener in
            let (a, b) = (freshName(), freshName())
            var first = listener.events(on: a).makeAsyncIterator()
            #expect(await first.next() == .begun)
            var second = listener.events(on: b).makeAsyncIterator()
            #expect(await second.next() == .begun)
            var third = listener.events(on: a).makeAsyncIterator()
            #expect(await third.next() == .begun)
            try await notify(b, "to b")
            try await notify(a, "to a")
            #expect(await first.next() == .notified(payload: "to a"))
            #expect(await second.next() == .notified(payload: "to b"))
            #expect(await third.next() == .notified(payload: "to a"))
        }
    }

    @Test("when the connection breaks there is a new one, and whoever listens is told that something may be missing")
    func reconnect() async throws {
        try await withListener { listener in
            let channel = freshName()
            var events = listener.events(on: channel).makeAsyncIterator()
            #expect(await events.next() == .begun)
            for round in 1...3 {
                let process = try await self.listener(channel)
                _ = try await TestServer.shared().connect().execute(
                    PostgresStatement("SELECT pg_terminate_backend($1::int, 10000)", .integer(process)))
                #expect(await events.next() == .begun)
                try await notify(channel, "\(round)")
                #expect(await events.next() == .notified(payload: "\(round)"))
            }
        }
    }

    @Test("a channel that nobody listens to any more is left")
    func dropped() async throws {
        try await withListener { listener in
            let (kept, left) = (freshName(), freshName())
            var events = listener.events(on: kept).makeAsyncIterator()
            #expect(await events.next() == .begun)
            let task = Task {
                for await event in listener.events(on: left) where event == .notified(payload: "end") { return }
            }
            let watcher = try await TestServer.shared().connect()
            try await eventually("both are heard") {
                try await notify(left, "begin")
                let rows = try await watcher.execute(
                    PostgresStatement("SELECT 1 FROM pg_stat_activity WHERE query = $1", .text("LISTEN \"\(left)\"")))
                return !rows.isEmpty
            }
            try await notify(left, "end")
            await task.value
            try await eventually("it is left") {
                let rows = try await watcher.execute(
                    PostgresStatement("SELECT 1 FROM pg_stat_activity WHERE query = $1", .text("UNLISTEN \"\(left)\"")))
                return !rows.isEmpty
            }
            try await notify(kept, "still")
            #expect(await events.next() == .notified(payload: "still"))
        }
    }

    @Test("shutting down ends every stream, and later ones at once")
    func shutdown() async throws {
        let listener = PostgresListener(try TestServer.shared().url(), logger: .quiet)
        var events = listener.events(on: freshName()).makeAsyncIterator()
        #expect(await events.next() == .begun)
        await listener.shutdown()
        #expect(await events.next() == nil)
        var late = listener.events(on: freshName()).makeAsyncIterator()
        #expect(await late.next() == nil)
    }
}
