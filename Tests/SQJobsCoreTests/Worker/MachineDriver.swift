import Testing

@testable import SQJobsCore

/// Stands for the worker's shell: tells the state machine what happened and when, and keeps what it asked for until a
/// test takes it up.
struct MachineDriver {
    struct Receive: Equatable {
        let queue: Int
        let count: Int
        let wait: Duration
    }

    struct Run {
        let lease: LeaseID
        let delivery: Delivery
        let queue: Int
    }

    struct Renewal {
        let leases: [LeaseID]
        let queue: Int
        let duration: Duration
        let began: Duration
    }

    struct Settling {
        let lease: LeaseID
        let message: String
        let settlement: Settlement
    }

    var machine: WorkerStateMachine
    var now = Duration.zero
    /// In the order in which they were asked for.
    var receives: [Receive] = []
    var runs: [Run] = []
    var renewals: [Renewal] = []
    var settlings: [Settling] = []
    var cancels: [(lease: LeaseID, reason: CancellationReason)] = []
    var blocked: [LeaseID] = []
    var emptinessChecks: [Int] = []
    var receivesWereGivenUp = 0
    var flushes = 0
    var finishes: [Int] = []
    /// Whether renewals succeed at once while time goes by.
    var renewsAtOnce = false

    init(
        _ capabilities: QueueCapabilities = QueueCapabilities(), weights: [Int] = [1],
        chance: Double = 1, _ configure: (inout WorkerConfiguration) -> Void = { _ in }
    ) {
        var configuration = WorkerConfiguration()
        configure(&configuration)
        let queues = weights.enumerated().map {
            QueueState(WorkerQueue(QueueName("queue\($0.offset)"), weight: $0.element), capabilities)
        }
        machine = WorkerStateMachine(queues, configuration, chance: { chance })
        tell { $0.start(at: $1) }
    }

    var isFinished: Bool { !finishes.isEmpty }

    mutating func tell(_ event: (inout WorkerStateMachine, Duration) -> [WorkerAction]) {
        for action in event(&machine, now) { note(action) }
    }

    private mutating func note(_ action: WorkerAction) {
        switch action {
        case .receive(let queue, let count, let wait):
            receives.append(Receive(queue: queue, count: count, wait: wait))
        case .run(let lease, let delivery, let queue):
            runs.append(Run(lease: lease, delivery: delivery, queue: queue))
        case .extend(let leases, let deliveries, let queue, let duration):
            #expect(leases.count == deliveries.count)
            renewals.append(Renewal(leases: leases, queue: queue, duration: duration, began: now))
        case .settle(let lease, let delivery, let settlement, _):
            settlings.append(Settling(lease: lease, message: delivery.messageID, settlement: settlement))
        case .cancel(let lease, let reason): cancels.append((lease, reason))
        case .cancelReceives: receivesWereGivenUp += 1
        case .checkEmptiness(let queue): emptinessChecks.append(queue)
        case .flush: flushes += 1
        case .reportBlocked(let lease, _): blocked.append(lease)
        case .finish(let unsettled): finishes.append(unsettled)
        }
    }

    /// Lets time go by, waking the machine whenever it asked for it.
    mutating func advance(by duration: Duration, sourceLocation: SourceLocation = #_sourceLocation) {
        let end = now + duration
        var wakes = 0
        while let next = machine.wakesAt, next <= end {
            now = max(now, next)
            tell { $0.wake(at: $1) }
            while renewsAtOnce, !renewals.isEmpty { renew(renewals.removeFirst(), .renewed) }
            wakes += 1
            if wakes > 10_000 {
                Issue.record("the machine spins at \(now)", sourceLocation: sourceLocation)
                break
            }
        }
        now = end
    }

    /// Answers the oldest receive of a queue with messages of these names; `a/1` is message `a/1` of the group `a`.
    mutating func answer(_ queue: Int = 0, _ messages: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        guard let receive = takeReceive(of: queue, sourceLocation) else { return }
        let deliveries = messages.map { Self.delivery($0, queue: queue) }
        tell { $0.received(deliveries, from: queue, requested: receive.count, at: $1) }
    }

    /// Answers the oldest receive of a queue with as many messages as it asked for, and returns how many that were.
    @discardableResult
    mutating func fill(_ queue: Int = 0, sourceLocation: SourceLocation = #_sourceLocation) -> Int {
        let count = receives.first { $0.queue == queue }?.count ?? 0
        answer(queue, (0..<count).map { "\(queue).\(machine.nextLease + $0)" }, sourceLocation: sourceLocation)
        return count
    }

    mutating func failReceive(_ queue: Int = 0, sourceLocation: SourceLocation = #_sourceLocation) {
        guard let receive = takeReceive(of: queue, sourceLocation) else { return }
        tell { $0.receiveFailed(from: queue, requested: receive.count, at: $1) }
    }

    mutating func giveUpReceive(_ queue: Int = 0, sourceLocation: SourceLocation = #_sourceLocation) {
        guard let receive = takeReceive(of: queue, sourceLocation) else { return }
        tell { $0.receiveCancelled(from: queue, requested: receive.count, at: $1) }
    }

    private mutating func takeReceive(of queue: Int, _ sourceLocation: SourceLocation) -> Receive? {
        guard let place = receives.firstIndex(where: { $0.queue == queue }) else {
            Issue.record("nothing is being received from queue \(queue)", sourceLocation: sourceLocation)
            return nil
        }
        return receives.remove(at: place)
    }

    /// The oldest run that a test did not take up.
    @discardableResult
    mutating func takeRun(sourceLocation: SourceLocation = #_sourceLocation) throws -> Run {
        try #require(!runs.isEmpty, "nothing was started", sourceLocation: sourceLocation)
        return runs.removeFirst()
    }

    /// A job returns.
    mutating func end(_ run: Run, _ settlement: Settlement = .delete, took: Duration = .seconds(2)) {
        tell { $0.ran(run.lease, settlement, took: took, at: $1) }
    }

    /// The oldest settlement comes to an end, and so does its execution if it was run.
    mutating func settle(isDone: Bool = true, wasRun: Bool = true, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        try #require(!settlings.isEmpty, "nothing is to be settled", sourceLocation: sourceLocation)
        let settling = settlings.removeFirst()
        tell { $0.settled(settling.lease, isDone: isDone, at: $1) }
        if wasRun { tell { $0.ended(at: $1) } }
    }

    /// Starts, ends, deletes one job.
    mutating func complete(took: Duration, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let run = try takeRun(sourceLocation: sourceLocation)
        end(run, took: took)
        try settle(sourceLocation: sourceLocation)
    }

    /// The oldest renewal comes back.
    mutating func renew(_ answer: LeaseRenewal = .renewed, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try #require(!renewals.isEmpty, "nothing is being renewed", sourceLocation: sourceLocation)
        renew(renewals.removeFirst(), answer)
    }

    private mutating func renew(_ renewal: Renewal, _ answer: LeaseRenewal) {
        tell { $0.extended(renewal.leases.map { ($0, answer) }, until: renewal.began + renewal.duration, at: $1) }
    }

    static func delivery(_ name: String, queue: Int) -> Delivery {
        let parts = name.split(separator: "/")
        return Delivery(
            messageID: name, receipt: "receipt of \(name)", queue: QueueName("queue\(queue)"), body: "",
            receiveCount: 1, group: parts.count == 2 ? String(parts[0]) : nil)
    }
}

extension Settlement {
    /// The settlement in one word, for comparison.
    var word: String {
        switch self {
        case .delete: "delete"
        case .release(.after(let delay)): delay == .zero ? "release" : "release after \(delay)"
        case .release(.queueDefault): "release by default"
        case .bury: "bury"
        case .leave: "leave"
        }
    }
}
