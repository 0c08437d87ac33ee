extension WorkerStateMachine {
    /// How long receives that are under way may still bring messages, which go straight back: one that is given up
    /// could leave what it was about to bring invisible.
    static let receiveGrace = Duration.milliseconds(300)
    /// How long cancelled jobs have to return.
    static let cancellationGrace = Duration.seconds(2)
    /// How long acknowledgements have once the jobs are over or left behind.
    static let flushGrace = Duration.seconds(2)

    /// The worker is told to stop, or has drained its queues: nothing more is received or started.
    mutating func stop(at now: Duration) -> [WorkerAction] {
        guard phase == .working else { return [] }
        phase = .stopping
        receivesEndAt = now + Self.receiveGrace
        phaseEndsAt = now + configuration.shutdownTimeout
        return giveBack { _ in true } + [.flush] + next(at: now)
    }

    /// The worker is told not to wait for running jobs.
    mutating func hurry(at now: Duration) -> [WorkerAction] {
        let actions = stop(at: now)
        guard phase == .stopping else { return actions }
        receivesEndAt = now
        phaseEndsAt = now
        return actions + advancePhase(at: now) + next(at: now)
    }

    /// Goes on to the next phase when the time of the present one is up.
    mutating func advancePhase(at now: Duration) -> [WorkerAction] {
        var actions: [WorkerAction] = []
        if let end = receivesEndAt, end <= now {
            receivesEndAt = nil
            actions.append(.cancelReceives)
        }
        guard let end = phaseEndsAt, end <= now else { return actions }
        switch phase {
        case .stopping:
            phase = .cancelling
            phaseEndsAt = now + Self.cancellationGrace
            for (lease, message) in held.sorted(by: { $0.key < $1.key }) where message.phase == .running {
                actions.append(.cancel(lease, .shutdown))
            }
        case .cancelling:
            phase = .flushing
            phaseEndsAt = now + Self.flushGrace
            actions += leaveBlockedBehind() + [.flush]
        case .flushing:
            actions.append(finish())
        case .working, .finished:
            phaseEndsAt = nil
        }
        return actions
    }

    /// Ends the worker once nothing runs, waits to be settled, or is being received.
    mutating func finishIfDone() -> [WorkerAction] {
        guard held.isEmpty, executions == 0, queues.allSatisfy({ $0.receives == 0 }) else { return [] }
        return [finish()]
    }

    private mutating func finish() -> WorkerAction {
        phase = .finished
        phaseEndsAt = nil
        receivesEndAt = nil
        leaseCheckAt = nil
        return .finish(unsettled: held.count)
    }

    /// Forgets the jobs that did not return: their messages are not released, but become visible when their leases end.
    private mutating func leaveBlockedBehind() -> [WorkerAction] {
        let blocked = held.filter { $0.value.phase == .running }.sorted { $0.key < $1.key }
        for (lease, message) in blocked {
            held[lease] = nil
            if message.hasPlace { running -= 1 }
            executions -= 1
        }
        return blocked.map { .reportBlocked($0.key, $0.value.delivery) }
    }
}
