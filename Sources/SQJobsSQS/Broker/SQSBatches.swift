import SQJobsCore

/// Splits messages into batches that fit into one request each, by count and by bytes.
struct SQSBatches {
    /// The messages' places, batch by batch, in order.
    private(set) var ranges: [Range<Int>] = []

    init(_ messages: [OutgoingMessage], _ capabilities: QueueCapabilities) {
        var start = 0
        var bytes = 0
        for (index, message) in messages.enumerated() {
            let isFull = index - start == capabilities.batchSize || bytes > capabilities.largestBatch - message.size
            if index > start, isFull {
                ranges.append(start..<index)
                start = index
                bytes = 0
            }
            bytes += message.size
        }
        if start < messages.count { ranges.append(start..<messages.count) }
    }
}
