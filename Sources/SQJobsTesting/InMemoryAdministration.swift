import SQJobsCore

/// What a person or a deployment does with the queues of an ``InMemoryBroker``.
struct InMemoryAdministration: QueueAdministration {
    let storage: InMemoryStorage
    let clock: JobClock
    /// Whether statistics tell of messages that are held back.
    let countsDelayed: Bool

    func queues() async throws -> [QueueName] {
        try storage.read { queues in
            try queues.requireOpen()
            return queues.queues.keys.sorted { $0.rawValue < $1.rawValue }
        }
    }

    func statistics(of queue: QueueName) async throws -> QueueStatistics {
        let now = clock.elapsed()
        return try storage.read { queues in
            let dead = queues.deadMessages(of: queue)?.count
            var statistics = try queues.with(queue) { $0.statistics(at: now, dead: dead) }
            if !countsDelayed { statistics.delayed = 0 }
            return statistics
        }
    }

    func create(_ queue: QueueName, _ settings: QueueSettings) async throws {
        try storage.change { try $0.create(queue, settings) }
    }

    func remove(_ queue: QueueName) async throws {
        try storage.change { queues in
            try queues.with(queue) { _ in }
            queues.queues[queue] = nil
        }
    }

    func purge(_ queue: QueueName) async throws {
        try storage.change { try $0.with(queue) { $0.messages = [] } }
    }

    func deadMessages(of queue: QueueName, limit: Int) async throws -> [DeadMessage] {
        try storage.read { queues in
            try queues.with(queue) { _ in }
            return (queues.deadMessages(of: queue) ?? []).prefix(max(limit, 0)).map {
                DeadMessage(
                    messageID: $0.id, body: $0.body, attributes: $0.attributes, sentAt: $0.sentAt,
                    reason: $0.death?.reason)
            }
        }
    }

    func requeueDeadMessages(of queue: QueueName, messageIDs: Set<String>?) async throws -> Int {
        let (now, date) = (clock.elapsed(), clock.now())
        return try storage.change { queues in
            try queues.with(queue) { _ in }
            return try queues.requeueDead(of: queue, messageIDs: messageIDs, at: now, date: date)
        }
    }
}
