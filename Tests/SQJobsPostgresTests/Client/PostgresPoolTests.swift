import SQJobsCore
import SQJobsTesting
import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("The pool", .timeLimit(.minutes(2)))
struct PostgresPoolTests {
    private func process(_ pool: PostgresPool) async throws -> Int {
        try await pool.execute(PostgresStatement("SELECT pg_backend_pid()"))[0].value(0)
    }

    private func end(_ process: Int) async throws {
        _ = try await TestServer.shared().connect().execute(
            PostgresStatement("SELECT pg_terminate_backend($1::int, 10000)", .integer(process)))
    }

    /// Lends a pool of one connection, which is lent out until the gate opens.
    private func withFullPool(
        clock: JobClock = .system, _ body: (PostgresPool, Gate) async throws -> Void
    ) async throws {
        try await TestServer.shared().withPool("pool=1", clock: clock) { pool in
            let gate = Gate()
            let holder = Task { try await pool.withConnection { _ in await gate.wait() } }
            try await eventually("the connection is lent") { gate.isReached }
            try await body(pool, gate)
            gate.open()
            try await holder.value
        }
    }

    @Test("a connection is opened when it is needed, and used again")
    func lazy() async throws {
        try await TestServer.shared().withPool { pool in
            #expect(pool.connectionCount == 0)
            let first = try await process(pool)
            for _ in 0..<5 { #expect(try await process(pool) == first) }
            #expect(pool.connectionCount == 1)
        }
    }

    @Test("there are never more connections than the URL says, and everybody is served")
    func bounded() async throws {
        var patient = PostgresPool.Configuration()
        patient.patience = .seconds(60)
        try await TestServer.shared().withPool("pool=3", configuration: patient) { pool in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<60 {
                    group.addTask {
                        let rows = try await pool.execute(PostgresStatement("SELECT pg_backend_pid(), pg_sleep(0.002)"))
                        return try rows[0].value(0)
                    }
                }
                var processes: Set<Int> = []
                for try await process in group { processes.insert(process) }
                #expect((1...3).contains(processes.count))
            }
            #expect(pool.connectionCount <= 3)
        }
    }

    @Test("those who wait are served in order")
    func order() async throws {
        try await withFullPool { pool, gate in
            let served = Recorder<Int>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await pool.withConnection { _ in served.add(number) }
                    }
                    try await eventually("\(number) waits") { pool.waiterCount == number + 1 }
                }
                gate.open()
                try await group.waitForAll()
            }
            #expect(served.all == Array(0..<8))
        }
    }

    @Test("one who has waited long enough is told so, by the clock")
    func patience() async throws {
        let clock = ManualClock()
        try await withFullPool(clock: clock.jobClock) { pool, _ in
            let task = Task { try await process(pool) }
            try await eventually("it waits") { pool.waiterCount == 1 }
            try await clock.waitForSleepers(1)
            await clock.advance(by: .seconds(10))
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.kind == .poolExhausted)
            #expect(pool.waiterCount == 0)
        }
    }

    @Test("one who is cancelled waits no longer, and takes nobody's turn")
    func cancelledWaiter() async throws {
        try await withFullPool { pool, gate in
            let cancelled = Task { try await process(pool) }
            try await eventually("it waits") { pool.waiterCount == 1 }
            let patient = Task { try await process(pool) }
            try await eventually("both wait") { pool.waiterCount == 2 }
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            gate.open()
            _ = try await patient.value
        }
    }

    @Test("a connection whose process was ended while it was idle is replaced without an error")
    func endedIdle() async throws {
        try await TestServer.shared().withPool { pool in
            let first = try await process(pool)
            try await end(first)
            #expect(try await process(pool) != first)
            #expect(pool.connectionCount == 1)
        }
    }

    @Test("a connection that was idle for long is asked before it is lent")
    func longIdle() async throws {
        let clock = ManualClock()
        try await TestServer.shared().withPool(clock: clock.jobClock) { pool in
            let first = try await process(pool)
            await clock.advance(by: .seconds(3_600))
            #expect(try await process(pool) == first)
        }
    }

    @Test("a statement that is cancelled costs its connection, not the pool's place")
    func cancelledStatement() async throws {
        try await TestServer.shared().withPool("pool=1") { pool in
            let first = try await process(pool)
            let task = Task { try await pool.execute(PostgresStatement("SELECT pg_sleep(600)")) }
            let watcher = try await TestServer.shared().connect()
            try await eventually("it sleeps") {
                let rows = try await watcher.execute(
                    PostgresStatement(
                        "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND query LIKE '%pg_sleep%' AND state = 'active'",
                        .integer(first)))
                return !rows.isEmpty
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await process(pool) != first)
        }
    }

    @Test("shutting down refuses new ones and those who wait, and waits for what is lent")
    func shutdown() async throws {
        let pool = PostgresPool(try TestServer.shared().url("pool=1"), logger: .quiet)
        let gate = Gate()
        let holder = Task {
            try await pool.withConnection { connection in
                await gate.wait()
                return try await connection.execute(PostgresStatement("SELECT 1")).count
            }
        }
        try await eventually("the connection is lent") { gate.isReached }
        let waiter = Task { try await process(pool) }
        try await eventually("one waits") { pool.waiterCount == 1 }
        let end = Task { await pool.shutdown() }
        let refused = await #expect(throws: PostgresError.self) { try await waiter.value }
        #expect(refused?.kind == .shutDown)
        await #expect(throws: PostgresError.self) { try await process(pool) }
        #expect(pool.connectionCount == 1)
        gate.open()
        #expect(try await holder.value == 1)
        await end.value
        #expect(pool.connectionCount == 0)
    }

    @Test("a server that was never reached is an error at once")
    func neverReached() async throws {
        let clock = ManualClock()
        let url = try PostgresURL("postgresql://u:p@127.0.0.1:1/d", environment: [:])
        let pool = PostgresPool(url, clock: clock.jobClock, logger: .quiet)
        let error = await #expect(throws: PostgresError.self) { try await process(pool) }
        #expect(error?.kind == .unreachable)
        #expect(pool.connectionCount == 0)
    }

    @Test("a restart under load: statements fail as lost connections or not at all, and later ones succeed")
    func restart() async throws {
        let server = try await TestServer.own()
        try await server.withPool("pool=4") { pool in
            let end = Gate()
            let done = Recorder<Void>()
            let failures = await withTaskGroup(of: [any Error].self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        var failures: [any Error] = []
                        while !end.isOpen {
                            do {
                                _ = try await pool.execute(PostgresStatement("SELECT 1"))
                                done.add(())
                            } catch {
                                failures.append(error)
                            }
                        }
                        return failures
                    }
                }
                group.addTask {
                    do {
                        try await eventually("it is at work") { done.count > 100 }
                        try await server.order("restart")
                        let before = done.count
                        try await eventually("it is at work again") { done.count > before + 100 }
                        end.open()
                        return []
                    } catch {
                        end.open()
                        return [error]
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            #expect(failures.count < 100)
            for failure in failures {
                guard case .connectionLost = try #require(failure as? PostgresError).kind else {
                    Issue.record("\(failure)")
                    continue
                }
            }
        }
    }

    @Test("while a server is away, connecting is tried again with growing waits, until who asks has waited long enough")
    func away() async throws {
        let server = try await TestServer.own()
        let clock = ManualClock()
        let capture = LogCapture()
        try await server.withPool("pool=1", clock: clock.jobClock, logger: capture.logger) { pool in
            _ = try await process(pool)
            try await server.order("stop")
            let first = Task { try await process(pool) }
            try await clock.waitForSleepers(1)
            let second = Task { try await process(pool) }
            try await eventually("the second waits") { pool.waiterCount == 1 }
            try await eventually("nobody is left") {
                await clock.advance(by: .milliseconds(500))
                return pool.connectionCount == 0 && pool.waiterCount == 0
            }
            for task in [first, second] {
                let error = await #expect(throws: PostgresError.self) { try await task.value }
                #expect(error?.kind == .unreachable)
            }
            #expect(capture.lines.contains { $0.hasPrefix("warning") && $0.contains("away") })

            let third = Task { try await process(pool) }
            try await clock.waitForSleepers(1)
            try await server.order("start")
            try await eventually("it is served") {
                await clock.advance(by: .milliseconds(100))
                return pool.connectionCount == 1 && pool.waiterCount == 0 && clock.sleepers <= 1
            }
            _ = try await third.value
        }
    }
}
