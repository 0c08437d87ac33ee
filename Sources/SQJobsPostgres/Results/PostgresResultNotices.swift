import SQJobsResults
import Synchronization

/// Tells those who wait of jobs that finished; as long as anybody waits, it listens to the schema's channel once for all of
/// them.
///
/// While there is no connection nothing is heard: each time one is there, all are told to look for themselves.
final class PostgresResultNotices: ResultNotices {
    private struct State {
        /// Those who wait, by their job's digest and a number of their own.
        var waiters: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
        var lastNumber = 0
        var task: Task<Void, Never>?
    }

    private let listener: PostgresListener
    private let channel: String
    private let state = Mutex(State())

    init(_ listener: PostgresListener, schema: PostgresSchema) {
        self.listener = listener
        channel = ResultChannel.name(in: schema)
    }

    /// Listens for a job's end. It begins with an element as soon as there is a connection, for what happened before.
    func changes(of id: ResultID) async throws -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let digest = ResultChannel.digest(id)
        let number = state.withLock { state in
            state.lastNumber += 1
            state.waiters[digest, default: [:]][state.lastNumber] = continuation
            if state.task == nil { state.task = Task { [weak self] in await self?.listen() } }
            return state.lastNumber
        }
        continuation.onTermination = { [weak self] _ in self?.drop(number, digest) }
        return stream
    }

    private func listen() async {
        for await event in listener.events(on: channel) {
            for waiter in waiters(concernedBy: event) { waiter.yield() }
        }
        // The store is shut down, unless nobody waits any more.
        guard !Task.isCancelled else { return }
        for waiter in waiters(concernedBy: .begun) { waiter.finish() }
    }

    private func waiters(concernedBy event: PostgresListener.Event) -> [AsyncStream<Void>.Continuation] {
        state.withLock { state in
            switch event {
            case .begun: state.waiters.values.flatMap(\.values)
            case .notified(let payload):
                ResultChannel.digests(in: payload).flatMap { state.waiters[$0].map { Array($0.values) } ?? [] }
            }
        }
    }

    private func drop(_ number: Int, _ digest: String) {
        let task = state.withLock { state -> Task<Void, Never>? in
            state.waiters[digest]?[number] = nil
            if state.waiters[digest]?.isEmpty == true { state.waiters[digest] = nil }
            return state.waiters.isEmpty ? state.task.take() : nil
        }
        task?.cancel()
    }
}
