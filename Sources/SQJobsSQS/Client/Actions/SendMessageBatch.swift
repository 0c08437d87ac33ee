import SQJobsCore

import struct Foundation.Data

/// Sends up to ten messages, 1 MiB together at most.
struct SendMessageBatch: SQSAction {
    static let name = "SendMessageBatch"
    static let sendsMessages = true

    /// The URL that SQS gave for the queue.
    var queueURL: String
    /// The messages; an entry's id is its place among them.
    var messages: [QueuedMessage]

    func encoded(_ coder: SQSCoder) throws -> Data {
        try BatchRequest.json(queueURL, messages, size: { $0.body.utf8.count + 128 }) { try $1.write(to: &$0) }
    }

    static func output(of body: Data, _ coder: SQSCoder) throws -> BatchOutput<SendMessage.Output> {
        try JSONSlice.of(body) { json in
            try BatchOutput(json, empty: SendMessage.Output()) { try $0.take($1, $2) }
        }
    }

    func checked(_ output: BatchOutput<SendMessage.Output>) throws -> BatchOutput<SendMessage.Output> {
        output.complete(messages.count).failing(.checksumMismatch) { !$1.isIntact(messages[$0]) }
    }
}
