extension OutboxEntry {
    /// Makes sure that a store can keep the entry: databases would cut a text at a NUL, or refuse it with the whole call.
    ///
    /// - Throws: ``SQJobsError`` with code `storeRefused` that names what has a NUL.
    package func requireStorable() throws {
        let texts: [(text: String?, what: String)] = [
            (message.id, "id"), (message.name, "name"), (queue.rawValue, "queue"), (group, "group"),
            (deduplicationID, "deduplication id"), (orderingKey, "ordering key"), (onceKey, "once key"),
        ]
        for (text, what) in texts where text?.utf8.contains(0) == true { throw Self.refusal(of: what, queue) }
        // Within JSON a NUL is written \u0000: a bare one is no JSON.
        for (bytes, what) in [(message.arguments.args, "args"), (message.arguments.kwargs, "kwargs")]
        where bytes.contains(0) {
            throw Self.refusal(of: what, queue)
        }
    }

    private static func refusal(of what: String, _ queue: QueueName) -> SQJobsError {
        SQJobsError(
            .storeRefused, "The \(what) of a job for the outbox has a NUL character in it: leave that out.",
            queue: queue)
    }
}
