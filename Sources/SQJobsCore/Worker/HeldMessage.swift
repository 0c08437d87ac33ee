/// A message that the worker holds under a lease.
final class HeldMessage {
    /// What becomes of it: waiting → running → settling → gone; a waiting one may be settled unrun.
    enum Phase {
        case waiting
        case running
        case settling
    }

    let delivery: Delivery
    /// The place of its queue in the worker's list.
    let queue: Int
    let receivedAt: Duration
    var phase = Phase.waiting
    /// Whether its job was started: then it keeps its ordered group busy until it is settled.
    var wasStarted = false
    /// Whether its job takes up one of the worker's places: it does until it has returned.
    var hasPlace = false
    /// When its lease ends unless it is renewed.
    var leaseEnds: Duration
    /// Whether a renewal is under way. It must end before the message is settled, or it would undo a retry's delay.
    var isExtending = false
    /// Whether its last renewal failed: the next one goes alone, lest others fail with it.
    var failedToExtend = false
    /// Whether it is known to be held no more. It is not renewed then, for somebody else may hold it.
    var isLost = false
    /// What is to become of it, once that is decided.
    var settlement: Settlement?

    init(_ delivery: Delivery, queue: Int, visibility: Duration, at now: Duration) {
        self.delivery = delivery
        self.queue = queue
        receivedAt = now
        leaseEnds = now + visibility
    }
}
