import Logging
import SQJobsCore
import Synchronization

/// Listens to channels on a connection of its own, which is replaced whenever it breaks.
///
/// What was notified while there was no connection is lost: whoever listens is told so, and looks for itself.
final class PostgresListener: Sendable {
    /// What comes over a channel.
    enum Event: Sendable, Hashable {
        /// Listening begins, or began anew: look whether something happened before.
        case begun
        /// A notification.
        case notified(payload: String)
    }

    private struct State {
        var listeners: [String: [Int: AsyncStream<Event>.Continuation]] = [:]
        var lastID = 0
        var connection: PostgresConnection?
        /// The channels that the connection listens to.
        var heard: Set<String> = []
        var task: Task<Void, Never>?
        var isShutDown = false
    }

    private let url: PostgresURL
    private let backoff: ReconnectBackoff
    private let clock: JobClock
    private let logger: Logger
    private let state = Mutex(State())

    /// How many events wait for a listener that does not take them; then the oldest go.
    private static let longestBuffer = 1_000

    /// Makes a listener, which connects when somebody first listens.
    ///
    /// - Parameters:
    ///   - url: The server.
    ///   - backoff: The waits between attempts to connect.
    ///   - clock: Measures them.
    ///   - logger: Is told of trouble with the connection.
    init(
        _ url: PostgresURL, backoff: ReconnectBackoff = ReconnectBackoff(), clock: JobClock = .system,
        logger: Logger = Logger(label: "sqjobs.postgres")
    ) {
        self.url = url
        self.backoff = backoff
        self.clock = clock
        self.logger = logger
    }

    /// Listens to a channel. Any number of tasks may listen to one.
    ///
    /// - Parameter channel: The channel's name.
    /// - Returns: What comes, beginning with ``Event/begun``; it ends with ``shutdown()``. Dropping it ends the listening.
    func events(on channel: String) -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Event.self, bufferingPolicy: .bufferingNewest(Self.longestBuffer))
        let (id, connection) = state.withLock { state -> (Int?, PostgresConnection?) in
            guard !state.isShutDown else { return (nil, nil) }
            state.lastID += 1
            state.listeners[channel, default: [:]][state.lastID] = continuation
            if state.heard.contains(channel) { continuation.yield(.begun) }
            if state.task == nil { state.task = Task { [weak self] in await self?.run() } }
            return (state.lastID, state.connection)
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.drop(id, from: channel) }
        connection?.interrupt()
        return stream
    }

    /// Ends every stream and closes the connection.
    func shutdown() async {
        let (continuations, connection, task) = state.withLock { state in
            state.isShutDown = true
            defer { state.listeners = [:] }
            return (state.listeners.values.flatMap(\.values), state.connection, state.task)
        }
        task?.cancel()
        connection?.interrupt()
        for continuation in continuations { continuation.finish() }
        await task?.value
    }

    private func drop(_ id: Int, from channel: String) {
        let connection = state.withLock { state in
            state.listeners[channel]?[id] = nil
            if state.listeners[channel]?.isEmpty == true { state.listeners[channel] = nil }
            return state.connection
        }
        connection?.interrupt()
    }

    private func run() async {
        var failures = 0
        while !Task.isCancelled {
            do {
                let connection = try await PostgresConnection.connect(url, clock: clock, logger: logger)
                state.withLock { $0.connection = connection }
                try await listen(on: connection) { failures = 0 }
            } catch {
                forgetConnection()
                failures += 1
                if failures == 1, !Task.isCancelled {
                    logger.warning("Listening to PostgreSQL broke off", metadata: ["error": "\(error)"])
                }
                try? await clock.sleep(backoff.wait(after: failures, random: Double.random(in: 0..<1)))
            }
        }
        forgetConnection()
    }

    private func forgetConnection() {
        state.withLock { state in
            state.connection = nil
            state.heard = []
        }
    }

    private func listen(on connection: PostgresConnection, _ begun: () -> Void) async throws {
        while !Task.isCancelled {
            try await matchChannels(on: connection)
            begun()
            for notification in try await connection.notifications() {
                let listeners = state.withLock { $0.listeners[notification.channel] ?? [:] }
                for listener in listeners.values { listener.yield(.notified(payload: notification.payload)) }
            }
        }
        await connection.close()
    }

    /// Has the connection listen to what is wanted now, and no more.
    private func matchChannels(on connection: PostgresConnection) async throws {
        let (new, old) = state.withLock { state in
            let wanted = Set(state.listeners.keys)
            return (wanted.subtracting(state.heard), state.heard.subtracting(wanted))
        }
        guard !new.isEmpty || !old.isEmpty else { return }
        let statements = new.map { "LISTEN \(Self.quoted($0))" } + old.map { "UNLISTEN \(Self.quoted($0))" }
        _ = try await connection.pipeline(statements.map { PostgresStatement($0) })
        let begun = state.withLock { state in
            state.heard.formUnion(new)
            state.heard.subtract(old)
            return new.flatMap { state.listeners[$0].map { Array($0.values) } ?? [] }
        }
        for listener in begun { listener.yield(.begun) }
    }

    private static func quoted(_ channel: String) -> String {
        "\"\(channel.replacing("\"", with: "\"\""))\""
    }
}
