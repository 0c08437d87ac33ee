import CLibpq
import Logging
import SQJobsCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Makes one connection, on a thread of its own: looking up the host, reading `.pgpass` and the password's hash block,
/// whatever libpq's other calls do.
final class LibpqConnector: Sendable {
    private typealias Waiter = CheckedContinuation<PostgresConnection, any Error>

    private struct State {
        var waiter: Waiter?
        var isAbandoned = false
    }

    private let url: PostgresURL
    private let clock: JobClock
    private let logger: Logger
    private let state = Mutex(State())

    /// The oldest server that has what our SQL uses.
    private static let oldestServer: CInt = 120_000
    /// How long the thread waits for the server before it looks whether anybody still wants the connection.
    private static let longestWait = Duration.milliseconds(100)

    init(_ url: PostgresURL, clock: JobClock, logger: Logger) {
        self.url = url
        self.clock = clock
        self.logger = logger
    }

    /// Connects. When the task is cancelled nobody waits for the thread, which gives up a little later.
    ///
    /// - Throws: ``PostgresError``; `CancellationError`.
    func connection() async throws -> PostgresConnection {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { start($0) }
        } onCancel: {
            let waiter = state.withLock { state in
                state.isAbandoned = true
                return state.waiter.take()
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private func start(_ waiter: Waiter) {
        let isWanted = state.withLock { state in
            if !state.isAbandoned { state.waiter = waiter }
            return !state.isAbandoned
        }
        guard isWanted else { return waiter.resume(throwing: CancellationError()) }
        LibpqThreads.start("sqjobs-connect") { [self] in
            let result = Result { try connect() }
            state.withLock { $0.waiter.take() }?.resume(with: result)
        }
    }

    private func connect() throws -> PostgresConnection {
        guard let pointer = begin() else { throw PostgresError(.unreachable, "libpq has no memory left") }
        let handle = LibpqHandle(pointer, logger: logger)
        // Only so does a failed login have its error code in its message.
        PQsetErrorVerbosity(pointer, PQERRORS_VERBOSE)
        try finish(pointer)
        PQsetErrorVerbosity(pointer, PQERRORS_DEFAULT)
        guard PQserverVersion(pointer) >= Self.oldestServer else {
            throw PostgresError(
                .loginRefused, "the server's version is older than \(Self.oldestServer / 10_000), which is needed",
                state: SQLState.featureNotSupported)
        }
        guard let watch = handle.prepare(), let canceller = LibpqCanceller(pointer) else {
            throw PostgresError(.unreachable, "memory or file descriptors may be used up")
        }
        return PostgresConnection(handle, watch: watch, canceller: canceller, clock: clock)
    }

    private func begin() -> OpaquePointer? {
        var keywords: [UnsafePointer<CChar>?] = []
        var values: [UnsafePointer<CChar>?] = []
        let copies = url.options.map { (strdup($0.keyword), strdup($0.value)) }
        defer {
            for (keyword, value) in copies {
                free(keyword)
                free(value)
            }
        }
        // Of a keyword given twice libpq takes the last, and the URL's own stand in front.
        for (keyword, value) in copies.reversed() {
            keywords.append(UnsafePointer(keyword))
            values.append(UnsafePointer(value))
        }
        return PQconnectStartParams(keywords + [nil], values + [nil], 0)
    }

    /// Waits for the login's end.
    private func finish(_ pointer: OpaquePointer) throws {
        let deadline = url.value(of: "connect_timeout").flatMap { Int($0) }.flatMap { seconds in
            seconds > 0 ? clock.elapsed() + .seconds(seconds) : nil
        }
        var step = PGRES_POLLING_WRITING
        while PQstatus(pointer) != CONNECTION_BAD, step != PGRES_POLLING_OK, step != PGRES_POLLING_FAILED {
            let left = deadline.map { $0 - clock.elapsed() }
            guard left.map({ $0 > .zero }) ?? true else {
                throw PostgresError(.unreachable, "the server did not answer within the connect_timeout")
            }
            guard !state.withLock({ $0.isAbandoned }) else { throw CancellationError() }
            let events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT
            var query = pollfd(fd: PQsocket(pointer), events: Int16(events), revents: 0)
            let wait = min(left ?? Self.longestWait, Self.longestWait)
            let milliseconds = Int32(clamping: Int64(wait / .milliseconds(1)) + 1)
            if poll(&query, 1, milliseconds) > 0 { step = PQconnectPoll(pointer) }
        }
        guard step == PGRES_POLLING_OK else {
            throw PostgresError(
                login: String(cString: PQerrorMessage(pointer)), needsPassword: PQconnectionNeedsPassword(pointer) != 0,
                hiding: url.secrets)
        }
    }
}
