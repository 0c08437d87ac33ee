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
        queues[queue].isCheckingEmptiness = false
        queues[queue].isEmpty = isEmpty && !held.values.contains { $0.queue == queue }
        guard phase == .working, held.isEmpty, queues.allSatisfy(\.isEmpty) else { return [] }
        return stop(at: now)
    }

    /// Starts the receives that there is room for: one long poll on each idle queue, more on busy ones in turn.
    mutating func startReceives(at now: Duration, _ actions: inout [WorkerAction]) {
        var room = self.room
        guard room > 0 else { return }
        for index in queues.indices where canReceive(index, at: now) && !queues[index].isBusy {
            guard queues[index].receives == 0 else { continue }
            let wait = configuration.stopsWhenEmpty ? QueueState.busyWait : queues[index].capabilities.longestWait
            actions.append(receive(from: index, count: room, wait: wait))
        }
        while room > 0 {
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
        return configuration.concurrency + throughput.buffer - running - waiting - requested
    }

    private func canReceive(_ queue: Int, at now: Duration) -> Bool {
        queues[queue].resumesAt.map { $0 <= now } ?? true
    }

    private mutating func receive(from queue: Int, count: Int, wait: Duration) -> WorkerAction {
        let count = min(count, queues[queue].capabilities.batchSize)
        queues[queue].receives += 1
        queues[queue].requested += count
        queues[queue].resumesAt = nil
        return .receive(queue: queue, count: count, wait: min(wait, queues[queue].capabilities.longestWait))
    }

    private mutating func endReceive(of queue: Int, _ requested: Int) {
        queues[queue].receives -= 1
        queues[queue].requested -= requested
    }

    private mutating func askWhetherEmpty(_ queue: Int) -> [WorkerAction] {
        guard configuration.stopsWhenEmpty, phase == .working, !queues[queue].isCheckingEmptiness else { return [] }
        queues[queue].isCheckingEmptiness = true
        return [.checkEmptiness(queue: queue)]
    }
}
