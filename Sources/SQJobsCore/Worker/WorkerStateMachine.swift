import DequeModule

/// What a worker decides: when to receive, which job starts next, which leases to renew, and how to stop.
///
/// It has no clock, does no input or output and never waits. The worker tells it what happened and when, and carries
/// out the actions that it answers. Times are the clock's elapsed ones.
struct WorkerStateMachine {
    /// What becomes of what: working → stopping → cancelling → flushing → finished. A worker whose jobs all end in time
    /// goes from stopping to finished; a draining one begins to stop by itself.
    enum Phase {
        /// Receives and runs.
        case working
        /// Receives nothing more; what runs may finish.
        case stopping
        /// What runs was cancelled, and has a moment to return.
        case cancelling
        /// What still ran was left behind; acknowledgements go out.
        case flushing
        /// Nothing is left to do.
        case finished
    }

    let configuration: WorkerConfiguration
    /// Spreads the waits after failures.
    let chance: @Sendable () -> Double
    /// How many messages every queue can deliver at once.
    let batchSize: Int

    var phase = Phase.working
    var queues: [QueueState]
    var held: [LeaseID: HeldMessage] = [:]
    var waiting = 0
    var running = 0
    var settling = 0
    /// Executions that are not over: they run, wait for their settlement, or call their hooks.
    var executions = 0
    var throughput: ThroughputEstimate
    var nextLease = 0
    var leaseCheckAt: Duration?
    /// While stopping: when receives are given up, and when the phase ends.
    var receivesEndAt: Duration?
    var phaseEndsAt: Duration?

    /// When broker and network hold settlements up, or hooks take their time, no further jobs start.
    static let mostSettling = 2000

    init(
        _ queues: [QueueState], _ configuration: WorkerConfiguration,
        chance: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.queues = queues
        self.configuration = configuration
        self.chance = chance
        batchSize = queues.map(\.capabilities.batchSize).min() ?? 1
        throughput = ThroughputEstimate(concurrency: configuration.concurrency)
    }

    /// When to call ``wake(at:)`` next, whatever else happens.
    var wakesAt: Duration? {
        var earliest = leaseCheckAt
        if phase != .working {
            earliest = Self.earlier(Self.earlier(earliest, receivesEndAt), phaseEndsAt)
        } else {
            for index in queues.indices { earliest = Self.earlier(earliest, queues[index].resumesAt) }
        }
        return earliest
    }

    private static func earlier(_ first: Duration?, _ second: Duration?) -> Duration? {
        guard let first, let second else { return first ?? second }
        return min(first, second)
    }

    /// The worker begins.
    mutating func start(at now: Duration) -> [WorkerAction] {
        next(at: now)
    }

    /// A job has returned, but its message cannot be settled yet: its outcome is being recorded. Its place is free.
    ///
    /// - Parameter took: How long the run took.
    mutating func returned(_ lease: LeaseID, took: Duration, at now: Duration) -> [WorkerAction] {
        guard let message = held[lease], message.phase == .running else { return [] }
        leavePlace(message, took: took)
        return next(at: now)
    }

    /// A job's run is over, and its message can be settled.
    ///
    /// - Parameter took: How long the run took.
    mutating func ran(
        _ lease: LeaseID, _ settlement: Settlement, took: Duration, at now: Duration
    ) -> [WorkerAction] {
        guard let message = held[lease], message.phase == .running else { return [] }
        leavePlace(message, took: took)
        return settle(lease, settlement) + next(at: now)
    }

    private mutating func leavePlace(_ message: HeldMessage, took: Duration) {
        guard message.hasPlace else { return }
        message.hasPlace = false
        running -= 1
        throughput.add(took)
    }

    /// A message is settled, or could not be.
    mutating func settled(_ lease: LeaseID, isDone: Bool, at now: Duration) -> [WorkerAction] {
        guard let message = held.removeValue(forKey: lease) else { return [] }
        settling -= 1
        return leaveGroup(of: message, isDone: isDone) + next(at: now)
    }

    /// An execution is over, its hooks too.
    mutating func ended(at now: Duration) -> [WorkerAction] {
        let heldUpOthers = executions >= mostExecutions
        executions -= 1
        return phase == .working && !heldUpOthers ? [] : next(at: now)
    }

    /// The time of ``wakesAt`` has come.
    mutating func wake(at now: Duration) -> [WorkerAction] {
        endBackOff(at: now)
        return checkLeases(at: now) + advancePhase(at: now) + next(at: now)
    }

    /// Begins whatever can begin now: jobs, then receives; or ends the worker.
    mutating func next(at now: Duration) -> [WorkerAction] {
        switch phase {
        case .working:
            var actions = startJobs()
            startReceives(at: now, &actions)
            return actions
        case .stopping, .cancelling, .flushing:
            return finishIfDone()
        case .finished:
            return []
        }
    }

    private mutating func startJobs() -> [WorkerAction] {
        var actions: [WorkerAction] = []
        while waiting > 0, canStart, let (lease, queue) = takeWaiting(), let message = held[lease] {
            message.phase = .running
            message.wasStarted = true
            message.hasPlace = true
            waiting -= 1
            running += 1
            executions += 1
            actions.append(.run(lease, message.delivery, queue: queue))
        }
        return actions
    }

    /// Whether there is a place for one more job.
    var canStart: Bool {
        running < configuration.concurrency && settling < Self.mostSettling && executions < mostExecutions
    }

    private var mostExecutions: Int { configuration.concurrency + Self.mostSettling }

    /// The next message to run: of the queue whose turn it is, and of no ordered group that is busy.
    private mutating func takeWaiting() -> (LeaseID, queue: Int)? {
        let candidates = queues.count == 1 ? [0] : queues.indices.filter { firstRunnable(of: $0) != nil }
        guard let turn = RoundRobin.next(candidates, in: &queues, \.weight, \.startCredit),
            let place = firstRunnable(of: turn)
        else { return nil }
        let lease = queues[turn].waiting.remove(at: place)
        if let group = held[lease]?.delivery.group { queues[turn].busyGroups.insert(group) }
        return (lease, turn)
    }

    private func firstRunnable(of queue: Int) -> Int? {
        guard !queues[queue].busyGroups.isEmpty else { return queues[queue].waiting.isEmpty ? nil : 0 }
        return queues[queue].waiting.firstIndex { lease in
            guard let group = held[lease]?.delivery.group else { return true }
            return !queues[queue].busyGroups.contains(group)
        }
    }

    /// Settles a message, after a renewal that is under way.
    mutating func settle(_ lease: LeaseID, _ settlement: Settlement) -> [WorkerAction] {
        guard let message = held[lease] else { return [] }
        message.phase = .settling
        message.settlement = settlement
        settling += 1
        return message.isExtending ? [] : [.settle(lease, message.delivery, settlement, queue: message.queue)]
    }

    /// Frees a settled message's ordered group. If it will come again, those that wait behind it go back unrun: they
    /// must not overtake it.
    private mutating func leaveGroup(of message: HeldMessage, isDone: Bool) -> [WorkerAction] {
        guard message.wasStarted, let group = message.delivery.group else { return [] }
        queues[message.queue].busyGroups.remove(group)
        if isDone {
            switch message.settlement {
            case .delete, .bury: return []
            case .release, .leave, nil: break
            }
        }
        return giveBack { $0.queue == message.queue && $0.delivery.group == group }
    }

    /// Releases messages that wait for a place.
    mutating func giveBack(where isConcerned: (HeldMessage) -> Bool) -> [WorkerAction] {
        var actions: [WorkerAction] = []
        for index in queues.indices {
            let leaving = queues[index].waiting.filter { lease in held[lease].map(isConcerned) ?? false }
            guard !leaving.isEmpty else { continue }
            let gone = Set(leaving)
            queues[index].waiting.removeAll { gone.contains($0) }
            waiting -= leaving.count
            for lease in leaving { actions += settle(lease, .release(.after(.zero))) }
        }
        return actions
    }
}
