extension WorkerStateMachine {
    /// A receive came back.
    ///
    /// - Parameters:
    ///   - deliveries: The messages.
    ///   - queue: The place of their queue in the worker's list.
    ///   - requested: How many it had asked for.
    mutating func received(
        _ deliveries: [Delivery], from queue: Int, requested: Int, at now: Duration
    ) -> [WorkerAction] {
        endReceive(of: queue, requested)
        guard phase != .finished else { return sendBack(deliveries, of: queue) }
        queues[queue].received(deliveries.count, of: requested, limit: configuration.receivers)
        var actions: [WorkerAction] = []
        for delivery in deliveries {
            let lease = nextLease
            nextLease += 1
            held[lease] = HeldMessage(delivery, queue: queue, visibility: queues[queue].visibility, at: now)
            if phase == .working {
                waiting += 1
                queues[queue].waiting.append(lease)
            } else {
                actions += settle(lease, .release(.after(.zero)))
            }
        }
        if !deliveries.isEmpty { scheduleLeaseCheck(at: now) }
        if deliveries.isEmpty { actions += askWhetherEmpty(queue) }
        return actions + next(at: now)
    }

    /// A receive failed: the queue is left alone for a while that grows.
    mutating func receiveFailed(from queue: Int, requested: Int, at now: Duration) -> [WorkerAction] {
        endReceive(of: queue, requested)
        queues[queue].receiveFailed(at: now, chance: chance())
        return next(at: now)
    }

    /// A receive was given up.
    mutating func receiveCancelled(from queue: Int, requested: Int, at now: Duration) -> [WorkerAction] {
        endReceive(of: queue, requested)
        return next(at: now)
    }

    /// While draining: the broker said whether a queue holds nothing more.
    mutating func learnedEmptiness(of queue: Int, isEmpty: Bool, at now: Duration) -> [WorkerAction] {
        queues[queue].emptyAfter = isEmpty ? queues[queue].askedAfter : nil
        queues[queue].askedAfter = nil
        guard phase == .working, queues.allSatisfy({ $0.emptyAfter == nextLease }) else { return [] }
        return stop(at: now)
    }

    /// Starts the receives that there is room for: one long poll on each idle queue, more on busy ones in turn.
    mutating func startReceives(at now: Duration, _ actions: inout [WorkerAction]) {
        var room = self.room
        guard room > 0 else { return }
        let fewest = fewestWorthReceiving
        for index in queues.indices where canReceive(index, at: now) && !queues[index].isBusy {
            guard queues[index].receives == 0 else { continue }
            let wait = configuration.stopsWhenEmpty ? QueueState.busyWait : queues[index].capabilities.longestWait
            actions.append(receive(from: index, count: room, wait: wait))
        }
        while room >= fewest {
            let ready = queues.indices.filter {
                queues[$0].isBusy && queues[$0].receives < queues[$0].receiveLimit && canReceive($0, at: now)
            }
            guard let turn = RoundRobin.next(ready, in: &queues, \.weight, \.receiveCredit) else { return }
            let action = receive(from: turn, count: room, wait: QueueState.busyWait)
            if case .receive(_, let count, _) = action { room -= count }
            actions.append(action)
        }
    }

    /// How many more messages the worker has use for. Long polls of idle queues do not count: they may last, and must
    /// not keep the other queues from being served.
    private var room: Int {
        let requested = queues.indices.reduce(0) { $0 + (queues[$1].isBusy ? queues[$1].requested : 0) }
        let room = configuration.concurrency + throughput.buffer - running - waiting
        // While a place is free, what waits is held up behind its ordered group: the place is for the other groups.
        let isHeldUp = waiting < ThroughputEstimate.largestBuffer && canStart
        return (isHeldUp ? max(room, configuration.concurrency - running) : room) - requested
    }

    /// While no place is free, a busy queue is asked for full batches, not for each message that the buffer has lost.
    private var fewestWorthReceiving: Int {
        canStart ? 1 : max(1, min(throughput.buffer / 2, batchSize))
    }

    private func canReceive(_ queue: Int, at now: Duration) -> Bool {
        queues[queue].resumesAt.map { $0 <= now } ?? true
    }

    private mutating func receive(from queue: Int, count: Int, wait: Duration) -> WorkerAction {
        let count = min(count, queues[queue].capabilities.batchSize)
        queues[queue].receives += 1
        queues[queue].requested += count
        return .receive(queue: queue, count: count, wait: min(wait, queues[queue].capabilities.longestWait))
    }

    private mutating func endReceive(of queue: Int, _ requested: Int) {
        queues[queue].receives -= 1
        queues[queue].requested -= requested
    }

    /// Back-off that is over must not be waited for again, even if nothing can be received just now.
    mutating func endBackOff(at now: Duration) {
        for index in queues.indices {
            if let end = queues[index].resumesAt, end <= now { queues[index].resumesAt = nil }
        }
    }

    /// Asks only while no job is under way, hooks included: it might yet enqueue others.
    private mutating func askWhetherEmpty(_ queue: Int) -> [WorkerAction] {
        guard configuration.stopsWhenEmpty, phase == .working, held.isEmpty, executions == 0,
            queues[queue].askedAfter == nil
        else { return [] }
        queues[queue].askedAfter = nextLease
        return [.checkEmptiness(queue: queue)]
    }

    /// Messages that a receive brought after all: nobody waits for their release, but it may still arrive.
    private mutating func sendBack(_ deliveries: [Delivery], of queue: Int) -> [WorkerAction] {
        let actions = deliveries.map { delivery in
            nextLease += 1
            return WorkerAction.settle(nextLease - 1, delivery, .release(.after(.zero)), queue: queue)
        }
        return actions + [.flush]
    }
}
