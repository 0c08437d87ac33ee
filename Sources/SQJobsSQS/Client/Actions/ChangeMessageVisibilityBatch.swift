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
        var json = JSONWriter(capacity: entries.reduce(256) { $0 + $1.receiptHandle.utf8.count + 96 })
        try json.object { json in
            try json.member("QueueUrl", queueURL)
            try json.array("Entries") { json in
                for (place, entry) in entries.enumerated() {
                    try json.object { json in
                        try json.member("Id", String(place))
                        try json.member("ReceiptHandle", entry.receiptHandle)
                        json.member("VisibilityTimeout", entry.visibilitySeconds)
                    }
                }
            }
        }
        return Data(json.bytes)
    }

    static func output(of body: Data, _ coder: SQSCoder) throws -> BatchOutput<NoOutput> {
        try JSONSlice.of(body) { try BatchOutput($0) }
    }

    func checked(_ output: BatchOutput<NoOutput>) throws -> BatchOutput<NoOutput> {
        output.complete(entries.count)
    }
}
