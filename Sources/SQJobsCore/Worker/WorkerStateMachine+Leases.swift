extension WorkerStateMachine {
    /// Renewals came back.
    ///
    /// - Parameters:
    ///   - leases: The leases, each with what the broker said of it.
    ///   - began: When the renewal was asked for; the new lease counts from then.
    mutating func extended(
        _ leases: [(LeaseID, LeaseRenewal)], began: Duration, at now: Duration
    ) -> [WorkerAction] {
        var actions: [WorkerAction] = []
        for (lease, renewal) in leases {
            guard var message = held[lease] else { continue }
            message.isExtending = false
            if renewal == .renewed { message.leaseEnds = began + queues[message.queue].visibility }
            held[lease] = message
            switch message.phase {
            case .settling:
                guard let settlement = message.settlement else { continue }
                actions.append(.settle(lease, message.delivery, settlement, queue: message.queue))
            case .waiting, .running:
                if renewal == .lost { actions += lose(lease, message) }
            }
        }
        return actions + next(at: now)
    }

    /// A job asked for a longer lease itself, and has it. The worker's own renewals must not shorten it.
    mutating func extended(_ lease: LeaseID, until end: Duration) {
        guard let message = held[lease] else { return }
        held[lease]?.leaseEnds = max(message.leaseEnds, end)
    }

    /// Sees to it that leases are looked at in time while any are held.
    mutating func scheduleLeaseCheck(at now: Duration) {
        guard leaseCheckAt == nil, let interval = queues.map(\.leaseCheckInterval).min() else { return }
        leaseCheckAt = now + interval
    }

    /// Renews the leases whose time has come, waiting messages' as well as running ones'.
    mutating func checkLeases(at now: Duration) -> [WorkerAction] {
        guard let due = leaseCheckAt, due <= now else { return [] }
        leaseCheckAt = nil
        guard !held.isEmpty else { return [] }
        scheduleLeaseCheck(at: now)
        var dueByQueue: [[LeaseID]] = Array(repeating: [], count: queues.count)
        var actions: [WorkerAction] = []
        for (lease, message) in held where message.phase != .settling && !message.isExtending {
            let queue = queues[message.queue]
            guard message.leaseEnds - now <= queue.renewalRest else { continue }
            let hasEnded = message.leaseEnds <= now
            let isAtLimit = queue.capabilities.longestLease.map { now + queue.visibility > message.receivedAt + $0 }
            if hasEnded, message.phase == .waiting || isAtLimit ?? false {
                actions += lose(lease, message)
            }
            if hasEnded && message.phase == .waiting || isAtLimit ?? false { continue }
            dueByQueue[message.queue].append(lease)
        }
        for (index, leases) in dueByQueue.enumerated() {
            actions += extend(leases.sorted(), of: index)
        }
        return actions
    }

    private mutating func extend(_ leases: [LeaseID], of queue: Int) -> [WorkerAction] {
        let size = queues[queue].capabilities.batchSize
        return stride(from: 0, to: leases.count, by: size).map { start in
            let batch = Array(leases[start..<min(start + size, leases.count)])
            for lease in batch { held[lease]?.isExtending = true }
            return .extend(batch, batch.compactMap { held[$0]?.delivery }, queue: queue, by: queues[queue].visibility)
        }
    }

    /// The message is somebody else's now: a waiting one is forgotten, a running one's task cancelled.
    private mutating func lose(_ lease: LeaseID, _ message: HeldMessage) -> [WorkerAction] {
        guard message.phase == .waiting else { return [.cancel(lease, .leaseLost)] }
        held[lease] = nil
        queues[message.queue].waiting.removeAll { $0 == lease }
        waiting -= 1
        guard let group = message.delivery.group else { return [] }
        return giveBack { $0.queue == message.queue && $0.delivery.group == group }
    }
}

/// What came of asking for a longer lease.
enum LeaseRenewal {
    /// It was renewed.
    case renewed
    /// The message is no longer held.
    case lost
    /// Nothing is known; it is tried again at the next look.
    case unknown
}
