import SQJobsCore

/// Looks after the queues of a database.
struct PostgresAdministration: QueueAdministration {
    let queues: PostgresQueues

    /// The dead messages that one transaction puts back.
    private static let revivedInTransaction = 500

    private var rows: QueueRows { queues.queueRows }

    func queues() async throws -> [QueueName] {
        try await queues.translating(nil) { try await rows.names() }
    }

    func statistics(of queue: QueueName) async throws -> QueueStatistics {
        try await there(queue) { try await rows.statistics(of: $0) }
    }

    func create(_ queue: QueueName, _ settings: QueueSettings) async throws {
        try settings.validate(for: queue)
        try await queues.translating(queue) { try await rows.insert(queue, settings) }
        queues.forget(queue)
        let found = try await queues.using(queue) { $0.settings }
        guard found == settings else {
            throw SQJobsError(
                .brokerRefused, "The queue “\(queue)” exists with other settings: remove it first.", queue: queue)
        }
    }

    func remove(_ queue: QueueName) async throws {
        try await queues.using(queue) { try await rows.remove($0) }
        queues.forget(queue)
        queues.signals.wake(queue)
    }

    func purge(_ queue: QueueName) async throws {
        try await queues.using(queue) { try await rows.purge($0) }
    }

    func deadMessages(of queue: QueueName, limit: Int) async throws -> [DeadMessage] {
        try await queues.using(queue) { try await rows.deadMessages(of: $0, limit: limit) }
    }

    func requeueDeadMessages(of queue: QueueName, messageIDs: Set<String>?) async throws -> Int {
        var count = 0
        if let messageIDs {
            let ids = messageIDs.compactMap { Int($0) }.sorted()
            for start in stride(from: 0, to: ids.count, by: Self.revivedInTransaction) {
                count += try await revive(Array(ids[start...].prefix(Self.revivedInTransaction)), to: queue)
            }
        } else {
            var last = 0
            while let ids = try await deadIDs(of: queue, after: last), let end = ids.last {
                count += try await revive(ids, to: queue)
                last = end
            }
        }
        queues.signals.wake(queue)
        return count
    }

    var pausesQueues: Bool { true }

    func isPaused(_ queue: QueueName) async throws -> Bool {
        try await there(queue) { try await rows.isPaused($0) }
    }

    func pause(_ queue: QueueName) async throws {
        try await setPaused(queue, true)
    }

    func resume(_ queue: QueueName) async throws {
        try await setPaused(queue, false)
    }

    private func setPaused(_ queue: QueueName, _ isPaused: Bool) async throws {
        _ = try await there(queue) { try await rows.setPaused($0, isPaused) ? true : nil }
    }

    private func deadIDs(of queue: QueueName, after id: Int) async throws -> [Int]? {
        try await queues.using(queue) { try await rows.deadIDs(of: $0, after: id, limit: Self.revivedInTransaction) }
    }

    private func revive(_ ids: [Int], to queue: QueueName) async throws -> Int {
        try await queues.using(queue) { row in try await queues.revive(ids, to: row) }
    }

    /// Asks for what every queue has; one that was removed meanwhile, and perhaps made anew, is looked up once more.
    private func there<Value: Sendable>(
        _ queue: QueueName, _ ask: @Sendable (QueueRow) async throws -> Value?
    ) async throws -> Value {
        for _ in 1...2 {
            if let value = try await queues.using(queue, ask) { return value }
            queues.forget(queue)
        }
        throw SQJobsError.missing(queue)
    }
}
