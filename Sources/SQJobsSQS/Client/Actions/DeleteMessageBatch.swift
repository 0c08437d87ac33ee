import SQJobsCore

import struct Foundation.Data

/// Deletes up to ten messages for good.
struct DeleteMessageBatch: SQSAction {
    static let name = "DeleteMessageBatch"

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// The newest receipt of each message; an entry's id is its place among them.
    var receiptHandles: [String]

    func encoded(_ coder: SQSCoder) throws -> Data {
        var json = JSONWriter(capacity: receiptHandles.reduce(256) { $0 + $1.utf8.count + 64 })
        try json.object { json in
            try json.member("QueueUrl", queueURL)
            try json.array("Entries") { json in
                for (place, receipt) in receiptHandles.enumerated() {
                    try json.object { json in
                        try json.member("Id", String(place))
                        try json.member("ReceiptHandle", receipt)
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
        output.complete(receiptHandles.count)
    }
}
