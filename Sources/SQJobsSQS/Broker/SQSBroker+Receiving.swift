import Logging
public import SQJobsCore

import struct Foundation.Date

extension SQSBroker {
    /// Takes messages, by a long poll that another answer does not wait for.
    public func receive(
        from queue: QueueName, count: Int, wait: Duration, visibility: Duration
    ) async throws -> [Delivery] {
        let known = try await queues.queue(queue)
        let action = ReceiveMessage(
            queueURL: known.url, maximum: min(count, known.capabilities.batchSize),
            waitSeconds: min(wait, known.capabilities.longestWait).wholeSeconds,
            visibilitySeconds: visibility.wholeSeconds)
        do {
            let output = try await client.perform(action, on: queue)
            for message in output.damaged {
                logger.error(
                    "message arrived damaged: left to be delivered again",
                    metadata: ["message_id": "\(message.id)", "queue": "\(queue)"])
            }
            return output.messages.map { Delivery($0, from: queue) }
        } catch let error as SQJobsError {
            if error.code == .queueDoesNotExist { queues.forget(queue) }
            throw error
        }
    }
}

extension Delivery {
    /// A message as SQS hands it out.
    init(_ message: ReceivedMessage, from queue: QueueName) {
        let sentMilliseconds = message.system?.sentTimestamp.flatMap(Double.init)
        self.init(
            messageID: message.id, receipt: message.receiptHandle, queue: queue, body: message.body,
            attributes: message.attributes?.compactMapValues(\.stringValue) ?? [:],
            receiveCount: message.system?.receiveCount.flatMap(Int.init) ?? 1,
            sentAt: sentMilliseconds.map { Date(timeIntervalSince1970: $0 / 1000) }, group: message.system?.groupID)
    }
}
