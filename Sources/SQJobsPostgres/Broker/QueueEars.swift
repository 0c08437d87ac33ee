import SQJobsCore
import Synchronization

/// Listens to the channels of queues that somebody waits for, and passes what it hears on to those who wait. A queue that
/// was waited for once is listened to until the end: listening costs nothing while nothing is said.
final class QueueEars: Sendable {
    private struct State {
        var tasks: [Int: Task<Void, Never>] = [:]
        var isClosed = false
    }

    private let listener: PostgresListener
    private let schema: PostgresSchema
    private let signals: QueueSignals
    private let state = Mutex(State())

    init(_ listener: PostgresListener, schema: PostgresSchema, signals: QueueSignals) {
        self.listener = listener
        self.schema = schema
        self.signals = signals
    }

    /// Listens to a queue's channel from now on. It is told of the queue as soon as that begins, and each time it begins
    /// anew, for what happened before.
    func listen(to queue: QueueRow) {
        state.withLock { state in
            guard !state.isClosed, state.tasks[queue.id] == nil else { return }
            let events = listener.events(on: QueueChannel.name(in: schema, of: queue.id))
            state.tasks[queue.id] = Task { [signals] in
                for await _ in events { signals.wake(queue.name) }
            }
        }
    }

    /// Stops listening.
    func close() {
        let tasks = state.withLock { state in
            state.isClosed = true
            defer { state.tasks = [:] }
            return Array(state.tasks.values)
        }
        for task in tasks { task.cancel() }
    }
}
