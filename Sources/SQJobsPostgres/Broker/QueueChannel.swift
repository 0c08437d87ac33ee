/// What is said over `LISTEN` and `NOTIFY` of messages that come: a channel for each queue, and nothing but that there may
/// be something, which PostgreSQL delivers once a transaction.
enum QueueChannel {
    /// The channel of a queue. Its number comes first, for PostgreSQL cuts long names off.
    static func name(in schema: PostgresSchema, of queue: Int) -> String {
        String("queue_\(queue)_\(schema.name)".prefix(longestName))
    }

    /// The channel as an expression of SQL.
    ///
    /// - Parameter queue: An expression for the queue's number.
    static func sqlName(in schema: PostgresSchema, of queue: String) -> String {
        "left('queue_' || \(queue) || '_\(schema.name)', \(longestName))"
    }

    /// PostgreSQL's longest name of a channel.
    private static let longestName = 63
}
