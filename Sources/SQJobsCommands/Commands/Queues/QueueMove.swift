import SQJobsCore

import struct Foundation.UUID

/// Moves the messages of a queue from one broker to another: each is sent there, then deleted here. Killed in between, a
/// message is on both, with the same job id.
struct QueueMove {
    let source: any Broker
    let destination: any Broker

    /// What was moved, and what was not.
    struct Outcome {
        var moved = 0
        var refused: [SQJobsError] = []
    }

    /// For how long a batch is held while it is sent, and a message that was refused is left alone.
    private static let visibility = Duration.seconds(60)
    /// An empty answer to a shorter poll of Amazon SQS does not say that there is nothing.
    private static let wait = Duration.seconds(1)

    /// Moves what can be received from a queue.
    ///
    /// - Parameters:
    ///   - queue: The queue, of the same name on both brokers.
    ///   - untilEmpty: Whether to wait for what is delayed or in flight.
    /// - Throws: ``SQJobsError`` when a broker cannot be used; what was moved until then stays moved.
    func move(_ queue: QueueName, untilEmpty: Bool) async throws -> Outcome {
        let from = try await source.capabilities(of: queue)
        let to = try await destination.capabilities(of: queue)
        guard to.isOrdered || !from.isOrdered else {
            throw SQJobsError(
                .unsupported,
                "The queue “\(queue)” keeps messages in order where they are, and not where they would go: create it there"
                    + " with --fifo.", queue: queue)
        }
        var outcome = Outcome()
        while true {
            let deliveries = try await source.receive(
                from: queue, count: from.batchSize, wait: Self.wait, visibility: Self.visibility)
            if deliveries.isEmpty {
                guard untilEmpty, outcome.refused.isEmpty, try await !isEmpty(queue) else { return outcome }
            } else {
                try await move(deliveries, to: queue, to, &outcome)
            }
        }
    }

    private func move(
        _ deliveries: [Delivery], to queue: QueueName, _ capabilities: QueueCapabilities, _ outcome: inout Outcome
    ) async throws {
        let messages = deliveries.map { Self.copy(of: $0, for: capabilities) }
        let fitting = zip(deliveries, messages).filter { $1.size <= capabilities.largestMessage }
        var answers = fitting.isEmpty ? [] : try await destination.send(fitting.map(\.1), to: queue)[...]
        var (sent, kept): ([Delivery], [Delivery]) = ([], [])
        for (delivery, message) in zip(deliveries, messages) {
            guard message.size <= capabilities.largestMessage else {
                kept.append(delivery)
                outcome.refused.append(Self.tooLarge(message, delivery, capabilities))
                continue
            }
            switch answers.popFirst() {
            case .success: sent.append(delivery)
            case .failure(let error):
                kept.append(delivery)
                outcome.refused.append(error)
            case nil: kept.append(delivery)
            }
        }
        for case .failure(let error) in try await source.delete(sent) where error.code != .leaseLost { throw error }
        outcome.moved += sent.count
        if !kept.isEmpty { _ = try await source.release(kept.map { Release($0, after: Self.visibility) }) }
    }

    private func isEmpty(_ queue: QueueName) async throws -> Bool {
        try await source.administration?.statistics(of: queue).isEmpty ?? true
    }

    /// The message as it is sent on: with its job's id in its body, and under a deduplication id of its own, for Amazon SQS
    /// drops a repeat within five minutes.
    private static func copy(of delivery: Delivery, for capabilities: QueueCapabilities) -> OutgoingMessage {
        var group = delivery.group
        if capabilities.isOrdered, group == nil {
            group = (try? MessageCodec.decode(delivery.body, messageID: delivery.messageID))?.name ?? delivery.messageID
        }
        return OutgoingMessage(
            body: MessageCodec.bodyWithID(delivery.body, messageID: delivery.messageID),
            attributes: delivery.attributes, group: capabilities.isOrdered ? group : nil,
            deduplicationID: capabilities.deduplicates ? UUID().uuidString : nil)
    }

    private static func tooLarge(
        _ message: OutgoingMessage, _ delivery: Delivery, _ capabilities: QueueCapabilities
    ) -> SQJobsError {
        SQJobsError(
            .messageTooLarge,
            "The message \(delivery.messageID) has \(message.size) bytes, and the queue “\(delivery.queue)” takes at most"
                + " \(capabilities.largestMessage) where it would go: it stays where it is.", queue: delivery.queue)
    }
}
