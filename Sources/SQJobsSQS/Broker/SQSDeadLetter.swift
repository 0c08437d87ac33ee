import SQJobsCore

import struct Foundation.UUID

/// How a dead message lies in its queue: as it was, with the reason of its death beside it.
enum SQSDeadLetter {
    /// The attribute that holds the reason.
    static let reasonAttribute = "sqjobs-reason"

    private static let longestReason = 256
    /// Amazon's quota of attributes a message.
    private static let mostAttributes = 10

    /// The copy to send to the queue of dead messages.
    static func copy(
        of delivery: Delivery, reason: String, to capabilities: QueueCapabilities
    ) -> OutgoingMessage {
        let body = MessageCodec.bodyWithID(delivery.body, messageID: delivery.messageID)
        var copy = OutgoingMessage(body: body, attributes: delivery.attributes)
        let text = String(reason.unicodeScalars.filter(isAllowed).prefix(longestReason).map(Character.init))
        if !text.isEmpty, copy.attributes.count < mostAttributes {
            copy.attributes[reasonAttribute] = text
            if copy.size > capabilities.largestMessage { copy.attributes[reasonAttribute] = nil }
        }
        if capabilities.isOrdered {
            copy.group = delivery.group ?? delivery.messageID
            copy.deduplicationID = UUID().uuidString
        }
        return copy
    }

    /// The message to send back to where it died: without the reason, under a deduplication id of its own, for SQS drops
    /// a repeat within five minutes.
    static func revived(_ message: ReceivedMessage, to capabilities: QueueCapabilities) -> OutgoingMessage {
        var attributes = message.attributes?.compactMapValues(\.stringValue) ?? [:]
        attributes[reasonAttribute] = nil
        var revived = OutgoingMessage(
            body: MessageCodec.bodyWithID(message.body, messageID: message.id), attributes: attributes)
        if capabilities.isOrdered {
            revived.group = message.system?.groupID ?? message.id
            revived.deduplicationID = UUID().uuidString
        }
        return revived
    }

    /// The characters that XML 1.0 has; SQS refuses others.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
