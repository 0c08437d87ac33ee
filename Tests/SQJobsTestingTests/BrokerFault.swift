import SQJobsTesting

import struct Foundation.Date

/// What a ``FaultyBroker`` does: as the broker in memory does, but for what a test replaces.
struct BrokerFault: Sendable {
    typealias Answers = [Result<Void, SQJobsError>]

    struct Receive: Sendable {
        var queue: QueueName
        var count: Int
        var wait: Duration
        var visibility: Duration
    }

    /// Changes what the queues in memory themselves can do.
    var limit: @Sendable (inout QueueCapabilities) -> Void = { _ in }

    var capabilities: @Sendable (InMemoryBroker, QueueName) async throws -> QueueCapabilities = {
        try await $0.capabilities(of: $1)
    }
    var send:
        @Sendable (InMemoryBroker, [OutgoingMessage], QueueName) async throws -> [Result<SentMessage, SQJobsError>] = {
            try await $0.send($1, to: $2)
        }
    var receive: @Sendable (InMemoryBroker, Receive) async throws -> [Delivery] = { try await $0.receive($1) }
    var extend: @Sendable (InMemoryBroker, [Delivery], Duration) async throws -> Answers = {
        try await $0.extend($1, by: $2)
    }
    var release: @Sendable (InMemoryBroker, [Release]) async throws -> Answers = { try await $0.release($1) }
    var delete: @Sendable (InMemoryBroker, [Delivery]) async throws -> Answers = { try await $0.delete($1) }
    var bury: @Sendable (InMemoryBroker, [Delivery], String) async throws -> Answers = {
        try await $0.bury($1, reason: $2)
    }
    var shutdown: @Sendable (InMemoryBroker) async -> Void = { await $0.shutdown() }

    var queues: @Sendable (any QueueAdministration) async throws -> [QueueName] = { try await $0.queues() }
    var statistics: @Sendable (any QueueAdministration, QueueName) async throws -> QueueStatistics = {
        try await $0.statistics(of: $1)
    }
    var create: @Sendable (any QueueAdministration, QueueName, QueueSettings) async throws -> Void = {
        try await $0.create($1, $2)
    }
    var remove: @Sendable (any QueueAdministration, QueueName) async throws -> Void = { try await $0.remove($1) }
    var purge: @Sendable (any QueueAdministration, QueueName) async throws -> Void = { try await $0.purge($1) }
    var deadMessages: @Sendable (any QueueAdministration, QueueName, Int) async throws -> [DeadMessage] = {
        try await $0.deadMessages(of: $1, limit: $2)
    }
    var requeue: @Sendable (InMemoryBroker, any QueueAdministration, QueueName, Set<String>?) async throws -> Int = {
        try await $1.requeueDeadMessages(of: $2, messageIDs: $3)
    }

    /// The fault that a closure makes.
    static func with(_ change: (inout BrokerFault) -> Void) -> BrokerFault {
        var fault = BrokerFault()
        change(&fault)
        return fault
    }
}

extension InMemoryBroker {
    func receive(_ call: BrokerFault.Receive) async throws -> [Delivery] {
        try await receive(from: call.queue, count: call.count, wait: call.wait, visibility: call.visibility)
    }
}

extension Delivery {
    /// The delivery as a careless broker would report it.
    func but(
        receiveCount: Int? = nil, sentAt: Date? = nil, group: String? = nil, attributes: [String: String]? = nil
    ) -> Delivery {
        Delivery(
            messageID: messageID, receipt: receipt, queue: queue, body: body, attributes: attributes ?? self.attributes,
            receiveCount: receiveCount ?? self.receiveCount, sentAt: sentAt ?? self.sentAt, group: group ?? self.group)
    }
}
