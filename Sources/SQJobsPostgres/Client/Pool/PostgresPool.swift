import Logging
import SQJobsCore
import Synchronization

/// A bounded number of connections to one server, lent to one task at a time.
///
/// A connection is opened when it is first needed, looked at before it is lent again, and replaced when it is no longer
/// good. While a server that was there before is away, connecting is tried again with growing waits, until who asked has
/// waited long enough. Tasks that wait for a connection are served in order.
final class PostgresPool: Sendable {
    /// What can be set.
    struct Configuration: Sendable {
        /// How many connections there are at most, unless the URL says so.
        var size = 10
        /// How long a task waits for a connection at most.
        var patience = Duration.seconds(10)
        /// How long a connection may have been idle without being asked whether it is still there.
        var trustedIdleness = Duration.seconds(30)
        /// The waits before the next attempt to connect.
        var backoff = ReconnectBackoff()
    }

    typealias Turn = PostgresPoolState<PostgresConnection>.Turn
    private typealias Waiter = CheckedContinuation<Turn, any Error>

    private struct State {
        var places: PostgresPoolState<PostgresConnection>
        var waiters: [Int: Waiter] = [:]
        var lastID = 0
        /// Whether the server was there before, so that it is worth waiting for.
        var wasReached = false
        /// Why the last attempt to connect failed; nil after one that did not.
        var lastFailure: PostgresError?
        /// Who waits for the last connection's end.
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    /// The server.
    let url: PostgresURL
    /// What measures time-outs and waits.
    let clock: JobClock
    /// Who is told of trouble.
    let logger: Logger
    private let configuration: Configuration
    private let timer: DeadlineTimer
    private let state: Mutex<State>

    /// Makes a pool, which connects when it is first used.
    ///
    /// - Parameters:
    ///   - url: The server; its `pool` wins over the configuration's size.
    ///   - configuration: What can be set.
    ///   - clock: Measures time-outs and waits.
    ///   - logger: Is told of trouble with connections, and at debug of what the server notices.
    init(
        _ url: PostgresURL, _ configuration: Configuration = Configuration(), clock: JobClock = .system,
        logger: Logger = Logger(label: "sqjobs.postgres")
    ) {
        self.url = url
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        timer = DeadlineTimer(clock: clock)
        state = Mutex(State(places: PostgresPoolState(limit: url.poolSize ?? configuration.size)))
    }

    /// Carries out a statement on some connection.
    ///
    /// - Throws: As ``PostgresConnection/execute(_:timeout:)`` and ``withConnection(isolation:_:)``.
    func execute(
        _ statement: PostgresStatement, timeout: Duration = PostgresConnection.standardTimeout
    ) async throws -> PostgresRows {
        try await withConnection { try await $0.execute(statement, timeout: timeout) }
    }

    /// Carries out statements in one round trip, all or none: they are one transaction.
    ///
    /// - Throws: As ``PostgresConnection/pipeline(_:timeout:)`` and ``withConnection(isolation:_:)``.
    func pipeline(
        _ statements: [PostgresStatement], timeout: Duration = PostgresConnection.standardTimeout
    ) async throws -> [PostgresRows] {
        try await withConnection { try await $0.pipeline(statements, timeout: timeout) }
    }

    /// Carries out statements in one round trip, each by itself.
    ///
    /// - Throws: As ``PostgresConnection/attempt(_:timeout:)`` and ``withConnection(isolation:_:)``.
    func attempt(
        _ statements: [PostgresStatement], timeout: Duration = PostgresConnection.standardTimeout
    ) async throws -> [Result<PostgresRows, PostgresError>] {
        try await withConnection { try await $0.attempt(statements, timeout: timeout) }
    }

    /// Carries out a transaction, again if it and another one stood in each other's way.
    ///
    /// - Parameters:
    ///   - level: How much it may see of others.
    ///   - attempts: How often it is carried out at most.
    ///   - body: What is done in it; it may run several times.
    /// - Throws: As ``PostgresConnection/transaction(_:isolation:_:)`` and ``withConnection(isolation:_:)``.
    func transaction<Result>(
        _ level: PostgresIsolation = .readCommitted, attempts: Int = 3, isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        var attempt = 1
        while true {
            do {
                return try await withConnection { try await $0.transaction(level, body) }
            } catch let error as PostgresError where error.isConflict && attempt < attempts {
                try await clock.sleep(ReconnectBackoff(base: .milliseconds(10)).wait(after: attempt, random: random()))
                attempt += 1
            }
        }
    }

    /// Lends a connection.
    ///
    /// - Parameter body: What is done with it; it must not be kept.
    /// - Throws: What the body throws; ``PostgresError`` of kind `unreachable`, `loginRefused`, `poolExhausted` or
    ///   `shutDown`; `CancellationError`.
    func withConnection<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await borrow()
        do {
            let result = try await body(connection)
            await giveBack(connection)
            return result
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    /// Closes what is idle, waits for what is lent, and closes that too. Nobody gets a connection any more.
    func shutdown() async {
        let (connections, waiters) = state.withLock { state in
            let (connections, ids) = state.places.close()
            return (connections, ids.compactMap { state.waiters.removeValue(forKey: $0) })
        }
        for waiter in waiters { waiter.resume(throwing: Self.shutDown) }
        for connection in connections { await connection.close() }
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.places.isOver { state.closers.append(continuation) }
                return state.places.isOver
            }
            if isOver { continuation.resume() }
        }
    }

    /// How many connections there are, those that are being opened included.
    var connectionCount: Int { state.withLock(\.places.places) }

    /// How many tasks wait for a connection.
    var waiterCount: Int { state.withLock(\.places.waiterCount) }

    private func borrow() async throws -> PostgresConnection {
        try Task.checkCancellation()
        let start = clock.elapsed()
        let turn = try state.withLock { state in
            guard !state.places.isClosed else { throw Self.shutDown }
            return state.places.take()
        }
        let mine: Turn
        if let turn { mine = turn } else { mine = try await waitForTurn(until: start + configuration.patience) }
        if case .use(let connection, let since) = mine {
            if await isFit(connection, since: since) { return connection }
            await connection.close()
        }
        return try await open(until: start + configuration.patience)
    }

    private func isFit(_ connection: PostgresConnection, since: Duration) async -> Bool {
        guard connection.isQuiet else { return false }
        return clock.elapsed() - since < configuration.trustedIdleness ? true : await connection.ping()
    }

    /// Opens a connection on a place that was given.
    private func open(until deadline: Duration) async throws -> PostgresConnection {
        do {
            var attempt = 0
            while true {
                do {
                    let connection = try await PostgresConnection.connect(url, clock: clock, logger: logger)
                    state.withLock { state in
                        state.wasReached = true
                        state.lastFailure = nil
                    }
                    return connection
                } catch let error as PostgresError {
                    attempt += 1
                    let wait = configuration.backoff.wait(after: attempt, random: random())
                    guard isWorthWaiting(after: error), clock.elapsed() + wait < deadline else { throw error }
                    if attempt == 1 { logger.warning("PostgreSQL is away", metadata: ["error": "\(error)"]) }
                    try await clock.sleep(wait)
                }
            }
        } catch {
            giveUpPlace()
            throw error
        }
    }

    private func isWorthWaiting(after error: PostgresError) -> Bool {
        state.withLock { state in
            state.lastFailure = error
            return state.wasReached && error.kind == .unreachable && !state.places.isClosed
        }
    }

    private func giveBack(_ connection: PostgresConnection) async {
        guard connection.isUsable, !connection.isInTransaction else {
            await connection.close()
            return giveUpPlace()
        }
        let now = clock.elapsed()
        let (waiter, isKept, closers) = state.withLock { state in
            let (id, isKept) = state.places.giveBack(connection, at: now)
            return (id.flatMap { state.waiters.removeValue(forKey: $0) }, isKept, takeClosers(&state))
        }
        if !isKept { await connection.close() }
        waiter?.resume(returning: .use(connection, since: now))
        for closer in closers { closer.resume() }
    }

    private func giveUpPlace() {
        let (waiter, closers) = state.withLock { state in
            let waiter = state.places.giveUpPlace().flatMap { state.waiters.removeValue(forKey: $0) }
            return (waiter, takeClosers(&state))
        }
        waiter?.resume(returning: .open)
        for closer in closers { closer.resume() }
    }

    private func takeClosers(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
        guard state.places.isOver else { return [] }
        defer { state.closers = [] }
        return state.closers
    }

    private func waitForTurn(until deadline: Duration) async throws -> Turn {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait(id, until: deadline, $0) }
        } onCancel: {
            let waiter = state.withLock { state in
                state.places.giveUp(id)
                return state.waiters.removeValue(forKey: id)
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private func wait(_ id: Int, until deadline: Duration, _ waiter: Waiter) {
        let answer = state.withLock { state -> Result<Turn, any Error>? in
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.places.isClosed { return .failure(Self.shutDown) }
            if let turn = state.places.take() { return .success(turn) }
            state.places.wait(id, until: deadline)
            state.waiters[id] = waiter
            return nil
        }
        if let answer { return waiter.resume(with: answer) }
        timer.arm(deadline) { [weak self] in self?.dismissOverdue() }
    }

    private func dismissOverdue() -> Duration? {
        let now = clock.elapsed()
        let (overdue, failure, next) = state.withLock { state in
            let ids = state.places.takeOverdue(at: now)
            let waiters = ids.compactMap { state.waiters.removeValue(forKey: $0) }
            return (waiters, state.lastFailure, state.places.nextDeadline)
        }
        // If the server is away, that is why nothing became free.
        let error =
            failure ?? PostgresError(.poolExhausted, "no connection became free within \(configuration.patience)")
        for waiter in overdue { waiter.resume(throwing: error) }
        return next
    }

    private func random() -> Double { Double.random(in: 0..<1) }

    private static var shutDown: PostgresError { PostgresError(.shutDown, "the pool is shut down") }
}
