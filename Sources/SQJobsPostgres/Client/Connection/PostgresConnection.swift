import Logging
import SQJobsCore
import Synchronization

/// One connection to PostgreSQL. No thread waits for it: libpq reads and writes what the socket has and takes.
///
/// One task uses it at a time. Statements are prepared once and then known by name; parameters are always bound.
actor PostgresConnection {
    /// The number of the server's process, as `pg_stat_activity` shows it.
    nonisolated let processID: Int32

    private var handle: LibpqHandle?
    private var prepared = PreparedStatements()
    private var isBusy = false
    private nonisolated let watch: SocketWatch
    private nonisolated let watchdog: StatementWatchdog
    private nonisolated let broken = Atomic(false)
    private nonisolated let inTransaction = Atomic(false)

    /// How long a statement may take unless somebody says otherwise.
    static let standardTimeout = Duration.seconds(30)

    /// Takes a connection over that was made.
    init(_ handle: sending LibpqHandle, watch: SocketWatch, canceller: LibpqCanceller, clock: JobClock) {
        processID = handle.processID
        self.watch = watch
        watchdog = StatementWatchdog(watch, canceller, clock: clock)
        self.handle = handle
    }

    /// Connects.
    ///
    /// - Parameters:
    ///   - url: Where to.
    ///   - clock: Measures time-outs.
    ///   - logger: Is told what the server notices, at debug.
    /// - Throws: ``PostgresError`` of kind `unreachable` or `loginRefused`; `CancellationError`.
    static func connect(_ url: PostgresURL, clock: JobClock, logger: Logger) async throws -> PostgresConnection {
        try await LibpqConnector(url, clock: clock, logger: logger).connection()
    }

    /// Whether the connection can be used further. One whose statement was cancelled cannot: a request to cancel that
    /// comes late would hit the next.
    nonisolated var isUsable: Bool { !broken.load(ordering: .acquiring) }

    /// Whether a transaction was left open.
    nonisolated var isInTransaction: Bool { inTransaction.load(ordering: .acquiring) }

    /// Whether the server said nothing since the last answer. What it says to one who is silent is a goodbye.
    nonisolated var isQuiet: Bool { isUsable && !watch.isReadable }

    /// Carries out a statement.
    ///
    /// - Parameters:
    ///   - statement: The statement.
    ///   - timeout: How long it may take before it is cancelled at the server.
    /// - Returns: What it returned.
    /// - Throws: ``PostgresError``; `CancellationError` when the task was cancelled, and the statement with it.
    func execute(
        _ statement: PostgresStatement, timeout: Duration = standardTimeout
    ) async throws -> PostgresRows {
        try await pipeline([statement], timeout: timeout)[0]
    }

    /// Carries out statements in one round trip, all or none: outside a transaction they are one.
    ///
    /// - Parameters:
    ///   - statements: The statements, in order.
    ///   - timeout: How long all of them may take.
    /// - Returns: What each returned.
    /// - Throws: ``PostgresError`` of the first that failed; `CancellationError`.
    func pipeline(
        _ statements: [PostgresStatement], timeout: Duration = standardTimeout
    ) async throws -> [PostgresRows] {
        try await carryOut(statements, timeout: timeout, isLossUnknown: !isInTransaction)
    }

    /// Carries out statements in one round trip, each by itself: one that fails changes nothing of the others.
    ///
    /// - Parameters:
    ///   - statements: The statements, in order; not within a transaction.
    ///   - timeout: How long all of them may take.
    /// - Returns: What came of each, in order.
    /// - Throws: ``PostgresError`` of kind `misuse`; `CancellationError` when the task was cancelled before it began.
    func attempt(
        _ statements: [PostgresStatement], timeout: Duration = standardTimeout
    ) async throws -> [Result<PostgresRows, PostgresError>] {
        guard !isInTransaction else {
            throw PostgresError(.misuse, "statements that may fail one by one cannot be within a transaction")
        }
        let (pipeline, interruption) = try await exchange(
            statements, isSplit: true, timeout: timeout, isLossUnknown: true, isCancellable: true)
        let missing = PostgresError(.connectionLost(isOutcomeUnknown: true), "the server did not answer")
        return pipeline.outcomes.map { outcome in
            switch outcome {
            case .failure(let error) where error.state == SQLState.queryCanceled && interruption == .timedOut:
                .failure(Self.timedOut(timeout, isOutcomeUnknown: false))
            case .some(let outcome): outcome
            case .none: .failure(pipeline.loss ?? missing)
            }
        }
    }

    /// Whether the server answers.
    func ping() async -> Bool {
        (try? await carryOut([], timeout: .seconds(5), isLossUnknown: false)) != nil
    }

    /// Waits for notifications of the channels that this connection listens to.
    ///
    /// - Returns: Those that came; none after ``interrupt()``.
    /// - Throws: ``PostgresError`` of kind `connectionLost`.
    func notifications() async throws -> [PostgresNotification] {
        let handle = try begin()
        defer { isBusy = false }
        while true {
            guard handle.read() else {
                close()
                throw PostgresError(.connectionLost(isOutcomeUnknown: false), handle.reason)
            }
            var found: [PostgresNotification] = []
            while let notification = handle.nextNotification() { found.append(notification) }
            guard found.isEmpty, await watch.wait() == .ready else { return found }
        }
    }

    /// Ends a wait for notifications.
    nonisolated func interrupt() {
        watch.interrupt()
    }

    /// Closes the connection; what it carries out now is left to the server.
    func close() {
        broken.store(true, ordering: .releasing)
        if !isBusy { handle = nil }
    }

    /// Carries out statements, all or none.
    ///
    /// - Parameters:
    ///   - isLossUnknown: Whether they may have been carried out when the connection breaks.
    ///   - isCancellable: Whether the task's cancellation ends them.
    func carryOut(
        _ statements: [PostgresStatement], timeout: Duration, isLossUnknown: Bool, isCancellable: Bool = true
    ) async throws -> [PostgresRows] {
        let (pipeline, interruption) = try await exchange(
            statements, isSplit: false, timeout: timeout, isLossUnknown: isLossUnknown, isCancellable: isCancellable)
        if let failure = pipeline.failure {
            let isUnanswered = pipeline.loss != nil
            switch interruption {
            case .cancelled: throw CancellationError()
            case .timedOut where isUnanswered || failure.state == SQLState.queryCanceled:
                throw Self.timedOut(timeout, isOutcomeUnknown: isUnanswered && isLossUnknown)
            default: throw failure
            }
        }
        return try pipeline.outcomes.compactMap { try $0?.get() }
    }

    private func exchange(
        _ statements: [PostgresStatement], isSplit: Bool, timeout: Duration, isLossUnknown: Bool, isCancellable: Bool
    ) async throws -> (PostgresPipeline, StatementWatchdog.Interruption?) {
        if isCancellable { try Task.checkCancellation() }
        let parameters = try statements.map { try BoundParameters($0.values) }
        let handle = try begin()
        defer { isBusy = false }
        var pipeline = PostgresPipeline(count: statements.count, isLossUnknown: isLossUnknown)
        let names = send(statements, parameters, isSplit: isSplit, on: handle, &pipeline)
        let number = watchdog.begin(timeout)
        if isCancellable {
            await withTaskCancellationHandler {
                await finish(&pipeline, on: handle)
            } onCancel: {
                watchdog.cancel(number)
            }
        } else {
            await finish(&pipeline, on: handle)
        }
        let interruption = watchdog.end()
        for index in pipeline.prepared {
            if let name = names[index] { prepared.note(statements[index].text, parameters[index].types, name) }
        }
        inTransaction.store(handle.isInTransaction, ordering: .releasing)
        let isStale = pipeline.failure.map { SQLState.isStalePlan($0.state) } ?? false
        if interruption != nil || pipeline.loss != nil || isStale { broken.store(true, ordering: .releasing) }
        return (pipeline, interruption)
    }

    private func begin() throws -> LibpqHandle {
        guard let handle, isUsable else {
            throw PostgresError(.connectionLost(isOutcomeUnknown: false), "the connection is closed")
        }
        guard !isBusy else {
            throw PostgresError(.misuse, "two tasks use one connection at the same time: give each its own")
        }
        isBusy = true
        return handle
    }

    /// Hands statements to libpq.
    ///
    /// - Returns: The names of those that are being prepared, by index.
    private func send(
        _ statements: [PostgresStatement], _ parameters: [BoundParameters], isSplit: Bool, on handle: LibpqHandle,
        _ pipeline: inout PostgresPipeline
    ) -> [Int: String] {
        var fresh = prepared
        var names: [Int: String] = [:]
        for (index, statement) in statements.enumerated() {
            let (text, types) = (statement.text, parameters[index].types)
            var name = statement.isPlannedAnew ? nil : fresh.name(text, types)
            var isSent = true
            if name == nil, !statement.isPlannedAnew, let new = fresh.makeName() {
                isSent = handle.prepare(new, text, types)
                pipeline.append(.prepare(index))
                names[index] = new
                fresh.note(text, types, new)
                name = new
            }
            isSent =
                isSent
                && (name.map { handle.execute($0, parameters[index]) }
                    ?? handle.execute(text: text, parameters[index]))
            pipeline.append(.execute(index))
            if isSplit || index == statements.count - 1 {
                isSent = handle.sync() && isSent
                pipeline.append(.sync)
            }
            guard isSent else {
                pipeline.lose(handle.reason)
                return [:]
            }
        }
        if statements.isEmpty, handle.sync() { pipeline.append(.sync) }
        prepared.skip(to: fresh)
        return names
    }

    /// Moves bytes until everything is answered or nothing more will come.
    private func finish(_ pipeline: inout PostgresPipeline, on handle: LibpqHandle) async {
        var isFlushed = false
        while pipeline.loss == nil, !pipeline.isOver {
            if !isFlushed { isFlushed = handle.flush() ?? true }
            // Asking for results earlier would have libpq wait until all is sent.
            while isFlushed, !pipeline.isOver, pipeline.loss == nil, !handle.isBusy {
                pipeline.take(handle.nextResult())
            }
            guard pipeline.loss == nil, !pipeline.isOver else { return }
            guard !watchdog.isAbandoned else { return pipeline.lose("the server does not answer") }
            _ = await watch.wait(toWrite: !isFlushed)
            if !handle.read() {
                // What the server said last may be in what was read before.
                while !pipeline.isOver, pipeline.loss == nil, !handle.isBusy { pipeline.take(handle.nextResult()) }
                pipeline.lose(handle.reason)
            }
        }
    }

    private static func timedOut(_ timeout: Duration, isOutcomeUnknown: Bool) -> PostgresError {
        PostgresError(
            .timedOut(isOutcomeUnknown: isOutcomeUnknown), "the statement took longer than \(timeout)")
    }
}
