import SQJobsCore

/// Looks after the queues of a file.
struct SQLiteAdministration: QueueAdministration {
    let broker: SQLiteBroker

    /// The dead messages that one transaction puts back.
    private static let revivedInTransaction = 500

    func queues() async throws -> [QueueName] {
        try await broker.read(nil) { try $0.queueNames() }
    }

    func statistics(of queue: QueueName) async throws -> QueueStatistics {
        try await broker.read(queue) { try $0.statistics(of: try $0.queue(queue)) }
    }

    func create(_ queue: QueueName, _ settings: QueueSettings) async throws {
        try settings.validate(for: queue)
        let found = try await broker.write(queue) { rows in
            _ = try rows.insert(queue, settings)
            return try rows.queue(queue).settings
        }
        broker.forget(queue)
        guard found == settings else {
            throw SQJobsError(
                .brokerRefused, "The queue “\(queue)” exists with other settings: remove it first.", queue: queue)
        }
    }

    func remove(_ queue: QueueName) async throws {
        try await broker.write(queue) { try $0.remove(try $0.queue(queue)) }
        broker.forget(queue)
        broker.signals.wake(queue)
    }

    func purge(_ queue: QueueName) async throws {
        try await broker.write(queue) { try $0.purge(try $0.queue(queue)) }
    }

    func deadMessages(of queue: QueueName, limit: Int) async throws -> [DeadMessage] {
        try await broker.read(queue) { try $0.deadMessages(of: try $0.queue(queue), limit: limit) }
    }

    func requeueDeadMessages(of queue: QueueName, messageIDs: Set<String>?) async throws -> Int {
        var count = 0
        if let messageIDs {
            let ids = messageIDs.compactMap { Int64($0) }.sorted()
            for start in stride(from: 0, to: ids.count, by: Self.revivedInTransaction) {
                count += try await revive(Array(ids[start...].prefix(Self.revivedInTransaction)), to: queue)
            }
        } else {
            var last: Int64 = 0
            while let ids = try await deadIDs(of: queue, after: last), let end = ids.last {
                count += try await revive(ids, to: queue)
                last = end
            }
        }
        broker.signals.wake(queue)
        return count
    }

    var pausesQueues: Bool { true }

    func isPaused(_ queue: QueueName) async throws -> Bool {
        try await broker.read(queue) { try $0.queue(queue).isPaused }
    }

    func pause(_ queue: QueueName) async throws {
        try await broker.write(queue) { try $0.setPaused(try $0.queue(queue), true) }
    }

    func resume(_ queue: QueueName) async throws {
        try await broker.write(queue) { try $0.setPaused(try $0.queue(queue), false) }
        broker.signals.wake(queue)
    }

    private func deadIDs(of queue: QueueName, after id: Int64) async throws -> [Int64]? {
        try await broker.read(queue) { rows in
            try rows.deadIDs(of: try rows.queue(queue), after: id, limit: Self.revivedInTransaction)
        }
    }

    private func revive(_ ids: [Int64], to queue: QueueName) async throws -> Int {
        try await broker.write(queue) { rows in
            let queue = try rows.queue(queue)
            return try ids.filter { try rows.revive($0, to: queue) }.count
        }
    }
}
