import GRDB
public import SQJobsCore

/// A store's file as the broker: the contract of Amazon SQS, with nothing installed.
///
/// ```swift
/// let store = try SQLiteStore(path: "jobs.sqlite")
/// try await store.migrate()
/// let broker = store.broker
/// try await broker.administration?.create("mail", QueueSettings())
/// ```
///
/// Beside what SQS can do, delays may have any length, queues without order have priorities, and queues can be paused.
/// Dead messages stay in the file, with the reason of their death. Messages that other processes send are noticed within
/// milliseconds, those of this one at once.
public struct SQLiteBroker: Broker {
    /// What an enqueued job passes through on its way to the queue, outermost first.
    public var enqueueMiddleware: [any EnqueueMiddleware] = .standard
    let store: SQLiteStore
    let signals: QueueSignals
    let watch: FileWatch
    private let known: KnownQueues

    /// The messages of one transaction at most: others want their turn.
    private static let messagesInTransaction = 1000
    /// How long after its beginning a wait looks for itself, whatever it heard.
    private static let longestNap = Duration.seconds(5)

    init(store: SQLiteStore, signals: QueueSignals, watch: FileWatch, known: KnownQueues) {
        self.store = store
        self.signals = signals
        self.watch = watch
        self.known = known
    }

    /// The store's times.
    public var clock: JobClock { store.clock }

    /// The store's file.
    public var storage: StorageIdentity? { StorageIdentity(store) }

    /// Lists, makes, counts, pauses and purges queues, and sees to their dead messages.
    public var administration: (any QueueAdministration)? { SQLiteAdministration(broker: self) }

    /// What a queue can do.
    public func capabilities(of queue: QueueName) async throws -> QueueCapabilities {
        if let settings = known[queue] { return Self.capabilities(of: settings) }
        let settings = try await read(queue) { rows in try rows.queue(queue).settings }
        known[queue] = settings
        return Self.capabilities(of: settings)
    }

    /// Puts messages on a queue, a thousand in a transaction.
    public func send(
        _ messages: [OutgoingMessage], to queue: QueueName
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        var answers: [Result<SentMessage, SQJobsError>] = []
        answers.reserveCapacity(messages.count)
        for start in stride(from: 0, to: max(messages.count, 1), by: Self.messagesInTransaction) {
            let part = messages[start..<min(start + Self.messagesInTransaction, messages.count)]
            do {
                answers += try await write(queue) { rows in
                    let queue = try rows.queue(queue)
                    return try part.map { try rows.send($0, to: queue) }
                }
            } catch let error as SQJobsError where start > 0 {
                answers += part.map { _ in .failure(error) }
            }
            signals.wake(queue)
        }
        return answers
    }

    /// Takes messages; waits for the first, and meanwhile sees what other processes send.
    public func receive(
        from queue: QueueName, count: Int, wait: Duration, visibility: Duration
    ) async throws -> [Delivery] {
        let deadline = clock.elapsed() + min(wait, Self.longestWait)
        try Task.checkCancellation()
        let deliveries = try await claim(count, from: queue, visibility: visibility)
        guard deliveries.isEmpty, count > 0, clock.elapsed() < deadline else { return deliveries }
        return try await store.usingBroker(queue) {
            try await watch.watching {
                while true {
                    let changes = signals.changes(of: queue)
                    let next = try await read(queue) { try $0.nextChange(of: try $0.queue(queue)) }
                    if next == .zero {
                        let deliveries = try await claim(count, from: queue, visibility: visibility)
                        guard deliveries.isEmpty else { return deliveries }
                    }
                    let left = deadline - clock.elapsed()
                    guard left > .zero else { return [] }
                    let nap = min(next ?? left, left, Self.longestNap)
                    try await signals.waitForChange(of: queue, since: changes, atMost: nap, clock: clock)
                    try Task.checkCancellation()
                }
            }
        }
    }

    /// Holds deliveries for longer.
    public func extend(
        _ deliveries: [Delivery], by duration: Duration
    ) async throws -> [Result<Void, SQJobsError>] {
        try await settle(deliveries, of: deliveries.first?.queue) { try $0.extend($1, by: duration) }
    }

    /// Puts deliveries back on their queue.
    public func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>] {
        let answers = try await settle(releases, of: releases.first?.delivery.queue) { try $0.release($1) }
        for queue in Set(releases.map(\.delivery.queue)) { signals.wake(queue) }
        return answers
    }

    /// Deletes deliveries, also when their leases ran out, as long as nobody else received them.
    public func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>] {
        try await settle(deliveries, of: deliveries.first?.queue) { try $0.delete($1) }
    }

    /// Puts deliveries among the dead, with the reason.
    public func bury(
        _ deliveries: [Delivery], reason: String
    ) async throws -> [Result<Void, SQJobsError>] {
        try await settle(deliveries, of: deliveries.first?.queue) { try $0.bury($1, reason: reason) }
    }

    /// Ends every receive that waits, and refuses further calls. The store stays open: it may serve others.
    public func shutdown() async {
        signals.shutDown()
        await watch.close()
    }

    private func claim(_ count: Int, from queue: QueueName, visibility: Duration) async throws -> [Delivery] {
        try await write(queue) { rows in
            try rows.claim(min(count, Self.batchSize), from: try rows.queue(queue), visibility: visibility)
        }
    }

    /// Settles messages of one queue; those that go make way for the rest of their groups.
    private func settle<Entry: Sendable>(
        _ entries: [Entry], of queue: QueueName?,
        _ settle: @escaping @Sendable (MessageRows, Entry) throws -> Bool
    ) async throws -> [Result<Void, SQJobsError>] where Entry: Settled {
        guard let queue else { return [] }
        let areHeld = try await write(queue) { rows in try entries.map { try settle(rows, $0) } }
        if entries.contains(where: { $0.settled.group != nil }) { signals.wake(queue) }
        return zip(entries, areHeld).map { $1 ? .success(()) : .failure(.leaseLost($0.settled)) }
    }

    func forget(_ queue: QueueName) {
        known[queue] = nil
    }

    func read<Value: Sendable>(
        _ queue: QueueName?, _ body: @escaping @Sendable (MessageRows) throws -> Value
    ) async throws -> Value {
        let now = clock.now()
        return try await store.usingBroker(queue) {
            try signals.requireOpen()
            return try await store.read { try body(MessageRows($0, at: now)) }
        }
    }

    func write<Value: Sendable>(
        _ queue: QueueName?, _ body: @escaping @Sendable (MessageRows) throws -> Value
    ) async throws -> Value {
        let clock = clock
        do {
            return try await store.usingBroker(queue) {
                try signals.requireOpen()
                return try await store.write { try body(MessageRows($0, at: clock.now())) }
            }
        } catch let error as SQJobsError where error.code == .queueDoesNotExist {
            queue.map(forget)
            throw error
        }
    }
}

/// What concerns one delivery.
protocol Settled {
    var settled: Delivery { get }
}

extension Delivery: Settled {
    var settled: Delivery { self }
}

extension Release: Settled {
    var settled: Delivery { delivery }
}
