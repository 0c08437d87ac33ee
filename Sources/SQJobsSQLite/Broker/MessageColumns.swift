import GRDB
import SQJobsCore
import SQJobsResults

import struct Foundation.Data

/// Reads a message's columns, and writes what is JSON in them.
enum MessageColumns {
    /// A message that was received: id, priority, token, receives, sent at, group, attributes and body.
    static func delivery(_ row: Row, of queue: QueueName) throws -> Delivery {
        let id: Int64 = row[0]
        let token: Int64 = row[2]
        return Delivery(
            messageID: String(id), receipt: "\(id).\(token)", queue: queue, body: row[7],
            attributes: try attributes(row[6]), receiveCount: row[3], sentAt: StoreTime.date(row[4]), group: row[5])
    }

    /// A dead message: id, sent at, reason, attributes and body.
    static func dead(_ row: Row) throws -> DeadMessage {
        let id: Int64 = row[0]
        return DeadMessage(
            messageID: String(id), body: row[4], attributes: try attributes(row[3]), sentAt: StoreTime.date(row[1]),
            reason: row[2])
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
