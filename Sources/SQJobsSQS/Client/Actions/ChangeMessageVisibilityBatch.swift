import SQJobsCore

import struct Foundation.Data

/// Sets for how long from now each of up to ten messages that were received stays hidden.
struct ChangeMessageVisibilityBatch: SQSAction {
    static let name = "ChangeMessageVisibilityBatch"

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// The messages; an entry's id is its place among them.
    var entries: [Entry]

    /// A message, and what becomes of it.
    struct Entry: Sendable {
        /// The newest receipt of the message.
        var receiptHandle: String
        /// The time in seconds, 0 to 43,200 counted from the receive.
        var visibilitySeconds: Int
    }

    func encoded(_ coder: SQSCoder) throws -> Data {
        try BatchRequest.json(queueURL, entries, size: { $0.receiptHandle.utf8.count + 96 }) { json, entry in
            try json.member("ReceiptHandle", entry.receiptHandle)
            json.member("VisibilityTimeout", entry.visibilitySeconds)
        }
    }

    static func output(of body: Data, _ coder: SQSCoder) throws -> BatchOutput<NoOutput> {
        try JSONSlice.of(body) { try BatchOutput($0) }
    }

    func checked(_ output: BatchOutput<NoOutput>) throws -> BatchOutput<NoOutput> {
        output.complete(entries.count)
    }
}
