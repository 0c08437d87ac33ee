import DequeModule

/// What a worker knows of one of its queues.
struct QueueState {
    let name: QueueName
    let weight: Int
    let capabilities: QueueCapabilities

    /// Messages that wait for a place, in the order in which they came.
    var waiting: Deque<LeaseID> = []
    /// Ordered groups of which a message runs or is being settled.
    var busyGroups: Set<String> = []

    /// Receives that are under way, and for how many messages they asked.
    var receives = 0
    var requested = 0
    /// How many receives may run at once: doubled while they come back full, one on an idle queue.
    var receiveLimit = 1
    /// Whether the last receive came back full.
    var isBusy = false
    /// When to receive again after failures, and how many there were in a row.
    var resumesAt: Duration?
    var failures = 0

    /// The running balances of the two weighted round robins: who may start a job, who may receive.
    var startCredit = 0
    var receiveCredit = 0

    /// While draining: how many messages the worker had received when the queue was found empty, or when it was asked.
    /// Either counts only as long as none came since, for its job may have enqueued others.
    var emptyAfter: Int?
    var askedAfter: Int?

    init(_ queue: WorkerQueue, _ capabilities: QueueCapabilities) {
        name = queue.name
        weight = queue.weight
        self.capabilities = capabilities
    }

    /// How long a delivery is held. A queue whose own figure is too short to renew is asked for more at each receive.
    var visibility: Duration {
        capabilities.visibility < .seconds(2) ? .seconds(30) : capabilities.visibility
    }

    /// How often leases are looked at: often enough that each is renewed before half of it is over.
    var leaseCheckInterval: Duration { visibility / 8 }

    /// How much of a lease is left when it is renewed.
    var renewalRest: Duration { visibility * 3 / 4 }

    /// A receive of a busy queue waits a moment, since on SQS one that does not wait may miss messages.
    static let busyWait = Duration.seconds(1)

    mutating func received(_ count: Int, of requested: Int, limit: Int) {
        failures = 0
        resumesAt = nil
        isBusy = count >= requested
        // A short batch may be chance: SQS samples its servers. An empty one is not.
        receiveLimit = isBusy ? min(receiveLimit * 2, limit) : count == 0 ? 1 : max(1, receiveLimit / 2)
    }

    /// Backs off: a tenth of a second after the first failure, doubled with each, at most 20 seconds. Receives that were
    /// under way together fail together, and count as one.
    mutating func receiveFailed(at now: Duration, chance: Double) {
        guard resumesAt.map({ $0 <= now }) ?? true else { return }
        failures += 1
        let longest = min(0.1 * Double(1 << min(failures - 1, 10)), 20)
        resumesAt = now + .seconds(longest * (0.5 + 0.5 * chance))
        isBusy = false
        receiveLimit = 1
    }
}
