import SQJobsCore

/// What the copies of one broker share: the rows, what is known of queues, and who waits for them.
final class PostgresQueues: Sendable {
    let rows: MessageRows
    let queueRows: QueueRows
    let signals: QueueSignals
    private let known = KnownQueues()
    private let ears: QueueEars
    private let pool: PostgresPool

    /// For how long senders are told that somebody waits, and how much of it may be left before they are told again.
    private static let announcement = Duration.seconds(90)
    private static let margin = Duration.seconds(45)

    init(_ pool: PostgresPool, _ listener: PostgresListener) {
        self.pool = pool
        rows = MessageRows(pool)
        queueRows = QueueRows(pool)
        let signals = QueueSignals()
        self.signals = signals
        ears = QueueEars(listener, schema: pool.url.schema, signals: signals)
    }

    /// Ends every wait, and refuses further calls.
    func shutDown() {
        signals.shutDown()
        ears.close()
    }

    /// Does something with a queue.
    ///
    /// - Throws: ``SQJobsError`` as a broker's, with code `queueDoesNotExist` when there is no such queue.
    func using<Value: Sendable>(
        _ name: QueueName, _ body: @Sendable (QueueRow) async throws -> Value
    ) async throws -> Value {
        try await translating(name) {
            try signals.requireOpen()
            return try await body(try await row(of: name))
        }
    }

    /// Does something that concerns no queue, or not one that must be there.
    func translating<Value>(_ name: QueueName?, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresError {
            throw error.isOutcomeUnknown
                ? error.jobsError(at: pool.url).asBroker(name) : error.storeError(at: pool.url).asBroker(name)
        }
    }

    /// Takes messages, and takes out what was received too often. It is carried out to its end even if the task is
    /// cancelled meanwhile: else nobody would know of the messages that it took.
    func claim(_ count: Int, from name: QueueName, visibility: Duration) async throws -> [Delivery] {
        guard count > 0 else {
            _ = try await using(name) { $0.id }
            return []
        }
        let claim = Task {
            try await using(name) { queue in
                var deliveries: [Delivery] = []
                while deliveries.count < count {
                    let taken = try await rows.claim(
                        count - deliveries.count, from: queue, visibility: visibility)
                    guard let limit = queue.settings.maximumReceives, !taken.isEmpty else { return deliveries + taken }
                    let worn = taken.filter { $0.receiveCount > limit }
                    deliveries += taken.filter { $0.receiveCount <= limit }
                    guard !worn.isEmpty else { break }
                    _ = try await rows.bury(
                        worn.map { Receipt($0) },
                        reason: "It was received \(limit) times, the most that its queue allows.",
                        groups: Set(worn.compactMap(\.group)), of: queue)
                }
                return deliveries
            }
        }
        return try await claim.value
    }

    /// What there is to expect of a queue; has senders and the server tell of it if somebody waits.
    func outlook(of name: QueueName, isWaiting: Bool) async throws -> QueueOutlook {
        do {
            return try await using(name) { queue in
                if isWaiting { ears.listen(to: queue) }
                guard let look = try await rows.look(at: queue, margin: Self.margin) else {
                    throw SQJobsError.missing(name)
                }
                let announces = isWaiting && !look.isAnnounced && look.next != .zero
                guard announces else { return QueueOutlook(next: look.next, isNewlyAnnounced: false) }
                try await rows.announce(queue, for: Self.announcement)
                // What was sent before that was told to nobody.
                let again = try await rows.look(at: queue, margin: .zero)
                return QueueOutlook(next: again?.next, isNewlyAnnounced: true)
            }
        } catch let error as SQJobsError where error.code == .queueDoesNotExist {
            forget(name)
            throw error
        }
    }

    func forget(_ name: QueueName) {
        known[name] = nil
    }

    /// A queue's row.
    func row(of name: QueueName) async throws -> QueueRow {
        if let row = known[name] { return row }
        guard let row = try await rows.queue(name) else { throw SQJobsError.missing(name) }
        known[name] = row
        return row
    }

    /// Puts messages on a queue, which may have been made anew since it was last used.
    func send(_ messages: [OutgoingMessage], to name: QueueName) async throws -> [SentMessage] {
        for _ in 1...2 {
            let numbers = try await using(name) { queue in
                queue.settings.isOrdered
                    ? try await rows.sendOrdered(messages, to: queue) : try await rows.send(messages, to: queue)
            }
            if numbers.count == messages.count {
                signals.wake(name)
                return numbers.map { SentMessage(messageID: String($0)) }
            }
            forget(name)
        }
        throw SQJobsError.missing(name)
    }

    /// Puts dead messages back as new ones, in one transaction.
    ///
    /// - Returns: How many were there.
    func revive(_ ids: [Int], to queue: QueueRow) async throws -> Int {
        try await pool.transaction { connection in
            let messages = try await queueRows.takeDead(ids, of: queue, on: connection)
            guard !messages.isEmpty else { return 0 }
            if queue.settings.isOrdered {
                _ = try await rows.sendOrdered(messages, to: queue, on: connection)
            } else {
                _ = try await rows.send(messages, to: queue, on: connection)
            }
            return messages.count
        }
    }
}
