/// What a `NOTIFY` brought.
struct PostgresNotification: Sendable, Hashable {
    /// The channel.
    let channel: String
    /// The payload; empty if there was none.
    let payload: String
}
