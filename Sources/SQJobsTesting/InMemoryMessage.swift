import SQJobsCore

import struct Foundation.Date

/// One message in memory. Times are the clock's elapsed ones, so that a jump of the wall time changes nothing.
struct InMemoryMessage {
    var id: String
    var body: String
    let attributes: [String: String]
    let group: String?
    var sentAt: Date
    /// From when on it can be received.
    var visibleAt: Duration
    /// Of the last receive; `nil` once that was released.
    var receipt: String?
    var receivedAt = Duration.zero
    var receiveCount = 0
    /// The queue that it died on, and why, for a message on a dead-letter queue.
    var death: (queue: QueueName, reason: String?)?

    mutating func take(from queue: QueueName, at now: Duration, visibility: Duration) -> Delivery {
        receiveCount += 1
        receivedAt = now
        visibleAt = now + visibility
        let receipt = "\(id)#\(receiveCount)"
        self.receipt = receipt
        return Delivery(
            messageID: id, receipt: receipt, queue: queue, body: body, attributes: attributes,
            receiveCount: receiveCount, sentAt: sentAt, group: group)
    }
}
