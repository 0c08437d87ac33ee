import SQJobsCore

import struct Foundation.Data

/// Reads a message's columns, and writes what is JSON in them.
enum MessageColumns {
    /// A message that was received: id, priority, token, receives, sent at, group, attributes and body.
    static func delivery(_ row: PostgresRow, of queue: QueueName) throws -> Delivery {
        let id: Int = try row.value(0)
        let token: Int = try row.value(2)
        return Delivery(
            messageID: String(id), receipt: "\(id).\(token)", queue: queue, body: try row.value(7),
            attributes: try attributes(row.value(6)), receiveCount: try row.value(3), sentAt: try row.value(4),
            group: try row.value(5))
    }

    /// A dead message: id, sent at, reason, attributes and body.
    static func dead(_ row: PostgresRow) throws -> DeadMessage {
        DeadMessage(
            messageID: String(try row.value(0, as: Int.self)), body: try row.value(4),
            attributes: try attributes(row.value(3)), sentAt: try row.value(1), reason: try row.value(2))
    }

    /// Attributes; most messages have none, and need nothing read.
    static func json(_ attributes: [String: String]) throws -> String? {
        attributes.isEmpty ? nil : String(decoding: try WireJSON.encoder.encode(attributes), as: UTF8.self)
    }

    static func attributes(_ json: String?) throws -> [String: String] {
        guard let json else { return [:] }
        return try WireJSON.decoder.decode([String: String].self, from: Data(json.utf8))
    }
}
