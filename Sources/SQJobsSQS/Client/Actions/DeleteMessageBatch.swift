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
        try BatchRequest.json(queueURL, receiptHandles, size: { $0.utf8.count + 64 }) {
            try $0.member("ReceiptHandle", $1)
        }
    }

    static func output(of body: Data, _ coder: SQSCoder) throws -> BatchOutput<NoOutput> {
        try JSONSlice.of(body) { try BatchOutput($0) }
    }

    func checked(_ output: BatchOutput<NoOutput>) throws -> BatchOutput<NoOutput> {
        output.complete(receiptHandles.count)
    }
}
