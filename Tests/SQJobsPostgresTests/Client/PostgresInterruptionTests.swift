import Foundation
import SQJobsCore
import SQJobsTesting
import TestSurroundings
import Testing

@testable import SQJobsPostgres

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Statements that are to end early, and connections that do", .timeLimit(.minutes(2)))
struct PostgresInterruptionTests {
    /// Waits until a server's process carries something out, or no longer does.
    private func wait(until isActive: Bool, _ process: Int32) async throws {
        let watcher = try await TestServer.shared().connect()
        try await eventually("process \(process) is \(isActive ? "at work" : "idle or gone")") {
            let rows = try await watcher.execute(
                PostgresStatement(
                    "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'",
                    .integer(Int(process))))
            return rows.isEmpty != isActive
        }
    }

    private func end(_ process: Int32) async throws {
        let rows = try await TestServer.shared().connect().execute(
            PostgresStatement("SELECT pg_terminate_backend($1::int, 10000)", .integer(Int(process))))
        #expect(try rows[0].value(0) == true)
    }

    private let sleep = PostgresStatement("SELECT pg_sleep(600)")

    @Test("cancelling the task ends the statement at the server")
    func cancelled() async throws {
        let connection = try await TestServer.shared().connect()
        let task = Task { [sleep] in try await connection.execute(sleep) }
        try await wait(until: true, connection.processID)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await wait(until: false, connection.processID)
        #expect(!connection.isUsable)
    }

    @Test("a task that is cancelled already sends nothing")
    func cancelledBefore() async throws {
        let connection = try await TestServer.shared().connect()
        let name = freshName()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await connection.execute(PostgresStatement("CREATE TEMPORARY TABLE \(name) (id bigint)"))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(connection.isUsable)
        let rows = try await connection.execute(PostgresStatement("SELECT to_regclass($1) IS NULL", .text(name)))
        #expect(try rows[0].value(0) == true)
    }

    @Test("a statement whose time is over is cancelled at the server; that it changed nothing is known")
    func timedOut() async throws {
        let clock = ManualClock()
        let connection = try await TestServer.shared().connect(clock: clock.jobClock)
        let task = Task { [sleep] in try await connection.execute(sleep, timeout: .seconds(30)) }
        try await wait(until: true, connection.processID)
        try await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(29))
        try await wait(until: true, connection.processID)
        await clock.advance(by: .seconds(1))
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .timedOut(isOutcomeUnknown: false))
        try await wait(until: false, connection.processID)
    }

    @Test("of statements that are attempted, the one whose time is over fails and the others stand")
    func attemptTimedOut() async throws {
        let clock = ManualClock()
        let connection = try await TestServer.shared().connect(clock: clock.jobClock)
        let task = Task { [sleep] in
            try await connection.attempt([PostgresStatement("SELECT 1"), sleep, PostgresStatement("SELECT 2")])
        }
        try await wait(until: true, connection.processID)
        try await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(30))
        let outcomes = try await task.value
        #expect(try outcomes[0].get()[0].value(0) == 1)
        #expect(throws: PostgresError.self) { try outcomes[1].get() }
        #expect(try outcomes[2].get()[0].value(0) == 2)
    }

    @Test("a server that does not answer even to that is given up; what it did is unknown")
    func stopped() async throws {
        let server = try await TestServer.own()
        let clock = ManualClock()
        let connection = try await server.connect(clock: clock.jobClock)
        #expect(kill(connection.processID, SIGSTOP) == 0)
        defer { kill(connection.processID, SIGCONT) }
        let task = Task { try await connection.execute(PostgresStatement("SELECT 1"), timeout: .seconds(30)) }
        try await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(30))
        try await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(5))
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .timedOut(isOutcomeUnknown: true))
        #expect(error?.isOutcomeUnknown == true)
    }

    @Test("many statements leave one timer")
    func oneTimer() async throws {
        let clock = ManualClock()
        let connection = try await TestServer.shared().connect(clock: clock.jobClock)
        for _ in 0..<100 { _ = try await connection.execute(PostgresStatement("SELECT 1")) }
        try await clock.waitForSleepers(1)
        #expect(clock.sleepers == 1)
    }

    @Test("a statement whose process is ended is a lost connection; outside a transaction the outcome is unknown")
    func ended() async throws {
        let connection = try await TestServer.shared().connect()
        let task = Task { [sleep] in try await connection.execute(sleep) }
        try await wait(until: true, connection.processID)
        try await end(connection.processID)
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .connectionLost(isOutcomeUnknown: true))
        #expect(error?.state == "57P01")
        #expect(!connection.isUsable)
    }

    @Test("in a transaction a lost connection has changed nothing")
    func endedInTransaction() async throws {
        let connection = try await TestServer.shared().connect()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.transaction { connection in
                _ = try await connection.execute(PostgresStatement("SELECT 1"))
                try await end(connection.processID)
                _ = try await connection.execute(PostgresStatement("SELECT 1"))
            }
        }
        #expect(error?.kind == .connectionLost(isOutcomeUnknown: false))
    }

    @Test("under the commit the outcome of a lost connection is unknown")
    func endedAtCommit() async throws {
        let connection = try await TestServer.shared().connect()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.transaction { connection in
                _ = try await connection.execute(PostgresStatement("SELECT 1"))
                try await end(connection.processID)
            }
        }
        #expect(error?.kind == .connectionLost(isOutcomeUnknown: true))
    }

    @Test("attempts on a connection that breaks keep what was answered")
    func endedInAttempt() async throws {
        let connection = try await TestServer.shared().connect()
        let task = Task { [sleep] in try await connection.attempt([PostgresStatement("SELECT 1"), sleep, sleep]) }
        try await wait(until: true, connection.processID)
        try await end(connection.processID)
        let outcomes = try await task.value
        #expect(try outcomes[0].get()[0].value(0) == 1)
        for outcome in outcomes[1...] {
            let error = #expect(throws: PostgresError.self) { try outcome.get() }
            #expect(error?.isOutcomeUnknown == true)
        }
    }
}
