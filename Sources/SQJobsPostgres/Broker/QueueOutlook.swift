/// What there is to expect of a queue.
struct QueueOutlook: Sendable {
    /// When there may be something to receive: zero for now, and `nil` if time alone changes nothing.
    let next: Duration?
    /// Whether senders have only now been told that somebody waits.
    let isNewlyAnnounced: Bool
}
