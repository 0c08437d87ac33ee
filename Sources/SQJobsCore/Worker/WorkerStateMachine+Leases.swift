extension WorkerStateMachine {
    /// Renewals came back.
    ///
    /// - Parameters:
    ///   - leases: The leases, each with what the broker said of it.
    ///   - end: When the renewed leases end.
    mutating func extended(
        _ leases: [(LeaseID, LeaseRenewal)], until end: Duration, at now: Duration
    ) -> [WorkerAction] {
        var actions: [WorkerAction] = []
        for (lease, renewal) in leases {
            guard let message = held[lease] else { continue }
            message.isExtending = false
            message.failedToExtend = renewal == .unknown
            if renewal == .renewed { message.leaseEnds = end }
            switch message.phase {
            case .settling:
                guard let settlement = message.settlement else { continue }
                actions.append(.settle(lease, message.delivery, settlement, queue: message.queue))
            case .waiting, .running:
                if renewal == .lost { actions += lose(lease) }
            }
        }
        return actions + next(at: now)
    }

    /// A job asks for a longer lease itself. While that is under way the worker does not renew it, nor the other way
    /// round, or the shorter of the two could be the one that lasts.
    ///
    /// - Returns: For how long to extend it: never for less than it is held already.
    mutating func beginExtending(_ lease: LeaseID, by duration: Duration, at now: Duration) -> JobExtension {
        guard let message = held[lease], message.phase == .running, !message.isLost else { return .notHeld }
        if message.isExtending { return .notYet }
        held[lease]?.isExtending = true
        return .by(max(duration, message.leaseEnds - now))
    }

    /// Sees to it that leases are looked at in time while any are held.
    mutating func scheduleLeaseCheck(at now: Duration) {
        guard leaseCheckAt == nil, let interval = queues.map(\.leaseCheckInterval).min() else { return }
        leaseCheckAt = now + interval
    }

    /// Renews the leases whose time has come, waiting messages' as well as running ones'.
    mutating func checkLeases(at now: Duration) -> [WorkerAction] {
        guard let checkAt = leaseCheckAt, checkAt <= now else { return [] }
        leaseCheckAt = nil
        guard !held.isEmpty else { return [] }
        scheduleLeaseCheck(at: now)
        let due = held.filter { isDue($0.value, at: now) }.keys.sorted()
        var actions: [WorkerAction] = []
        for lease in due where isOver(lease, at: now) { actions += lose(lease) }
        var dueByQueue: [[LeaseID]] = Array(repeating: [], count: queues.count)
        for lease in due {
            // Losing one may have sent others back, or cancelled them.
            guard let message = held[lease], isDue(message, at: now), !isAtLimit(message, at: now) else { continue }
            dueByQueue[message.queue].append(lease)
        }
        for (index, leases) in dueByQueue.enumerated() {
            let alone = leases.filter { held[$0]?.failedToExtend ?? false }
            let together = leases.filter { !(held[$0]?.failedToExtend ?? false) }
            actions += extend(together, of: index, batchSize: queues[index].capabilities.batchSize)
            actions += extend(alone, of: index, batchSize: 1)
        }
        return actions
    }

    private func isDue(_ message: HeldMessage, at now: Duration) -> Bool {
        guard message.phase != .settling, !message.isExtending, !message.isLost else { return false }
        return message.leaseEnds - now <= queues[message.queue].renewalRest
    }

    /// Whether the broker would refuse a further renewal.
    private func isAtLimit(_ message: HeldMessage, at now: Duration) -> Bool {
        guard let longest = queues[message.queue].capabilities.longestLease else { return false }
        return now + queues[message.queue].visibility > message.receivedAt + longest
    }

    /// Whether a lease ran out for good. A running job is given up only when no renewal can help; its next one may.
    private func isOver(_ lease: LeaseID, at now: Duration) -> Bool {
        guard let message = held[lease], message.leaseEnds <= now else { return false }
        return message.phase == .waiting || isAtLimit(message, at: now)
    }

    private mutating func extend(_ leases: [LeaseID], of queue: Int, batchSize: Int) -> [WorkerAction] {
        stride(from: 0, to: leases.count, by: batchSize).map { start in
            let batch = Array(leases[start..<min(start + batchSize, leases.count)])
            for lease in batch { held[lease]?.isExtending = true }
            return .extend(batch, batch.compactMap { held[$0]?.delivery }, queue: queue, by: queues[queue].visibility)
        }
    }

    /// The message is somebody else's now: a waiting one is forgotten, a running one's task cancelled.
    private mutating func lose(_ lease: LeaseID) -> [WorkerAction] {
        // One that waited behind another lost one is on its way back by now.
        guard let message = held[lease], message.phase != .settling else { return [] }
        guard message.phase == .waiting else {
            held[lease]?.isLost = true
            return [.cancel(lease, .leaseLost)]
        }
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

    /// What the broker's answer means; `nil` if it gave none.
    init(_ answer: Result<Void, SQJobsError>?) {
        switch answer {
        case .success: self = .renewed
        case .failure(let error) where error.code == .leaseLost: self = .lost
        case .failure, nil: self = .unknown
        }
    }
}
