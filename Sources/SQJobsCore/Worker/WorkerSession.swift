import Logging
import Synchronization

/// One run of a worker: tells the state machine what happens, and carries out what it answers.
///
/// Jobs start at once, in tasks of their own that the session keeps track of, since they may outlive it when they
/// block. Everything else is a child task of ``run()``.
final class WorkerSession: Sendable {
    private struct State {
        var machine: WorkerStateMachine
        var leases: [LeaseID: WorkerLease] = [:]
        /// Everything under way but jobs: receives, renewals, questions.
        var tasks: [Int: Task<Void, Never>] = [:]
        var receives: Set<Int> = []
        /// Whether receives are given up, those that are about to begin too.
        var givesUpReceives = false
        var nextTask = 0
        var timer: Task<Void, Never>?
        var timerEnds: Duration?
    }

    let clock: JobClock
    private let broker: any Broker
    private let execution: Execution
    private let logger: Logger
    private let queues: [QueueState]
    private let settlers: [Settler]
    let threads: JobThreads
    private let state: Mutex<State>
    /// Settlements that came to an end, those of one request together; the stream ends with the session.
    private let settlements = AsyncStream<[(id: LeaseID, isDone: Bool)]>.makeStream()

    init(_ broker: any Broker, _ queues: [QueueState], _ execution: Execution, _ configuration: WorkerConfiguration) {
        self.broker = broker
        self.queues = queues
        self.execution = execution
        clock = execution.clock
        logger = execution.logger
        let settlements = self.settlements
        settlers = queues.map { queue in
            let calls = SettlementCalls(
                broker: broker, queue: queue, clock: execution.clock, logger: execution.logger,
                done: { settlements.continuation.yield($0) })
            return Settler(calls, clock: execution.clock)
        }
        threads = JobThreads(most: configuration.concurrency)
        state = Mutex(State(machine: WorkerStateMachine(queues, configuration)))
    }

    /// Works until the state machine is finished.
    func run() async {
        tell { $0.start(at: $1) }
        for await ended in settlements.stream { settled(ended) }
        let left = state.withLock { state in
            defer { state.tasks = [:] }
            return Array(state.tasks.values) + [state.timer].compactMap(\.self)
        }
        for task in left { task.cancel() }
        for task in left { await task.value }
        threads.stop()
        // Whoever still waits for a settlement has to know that nobody will tell of it any more.
        for lease in state.withLock({ Array($0.leases.values) }) { lease.settled(false) }
    }

    /// Stops in good order.
    func stop() {
        tell { $0.stop(at: $1) }
    }

    /// Stops without waiting for running jobs.
    func hurry() {
        tell { $0.hurry(at: $1) }
    }

    /// A job has returned, and its outcome is being recorded.
    func returned(_ lease: WorkerLease, took: Duration) {
        _ = tell { state, now in
            guard state.leases[lease.id] != nil, state.machine.phase != .finished else { return nil }
            return state.machine.returned(lease.id, took: took, at: now)
        }
    }

    /// A job's run is over.
    func ran(_ lease: WorkerLease, _ settlement: Settlement, took: Duration) {
        let isHeld = tell { state, now in
            // A job that was left behind has no message to settle any more, nor has one after the worker's end.
            guard state.leases[lease.id] != nil, state.machine.phase != .finished else { return nil }
            return state.machine.ran(lease.id, settlement, took: took, at: now)
        }
        if !isHeld { lease.settled(false) }
    }

    /// A job asked for a longer lease.
    func extend(_ lease: WorkerLease, by duration: Duration) async throws {
        while true {
            let began = clock.elapsed()
            switch state.withLock({ $0.machine.beginExtending(lease.id, by: duration, at: began) }) {
            case .by(let duration):
                let answers = await answers(to: [lease.delivery], by: duration)
                tell { $0.extended([(lease.id, LeaseRenewal(answers.first))], until: began + duration, at: $1) }
                return try answers.first?.get() ?? ()
            case .notYet:
                try await clock.sleep(.milliseconds(10))
            case .notHeld:
                throw SQJobsError(
                    .leaseLost, "The lease of the message \(lease.delivery.messageID) cannot be extended: it is over.",
                    queue: lease.delivery.queue)
            }
        }
    }

    /// Tells the machine what happened and carries out what it answers.
    private func tell(_ event: (inout WorkerStateMachine, Duration) -> [WorkerAction]) {
        _ = tell { event(&$0.machine, $1) }
    }

    /// Tells the machine what happened, and carries out what it answers. It takes the lock once, for this is on the path
    /// of every message.
    ///
    /// - Returns: Whether the event was one for the machine.
    private func tell(_ event: (inout State, Duration) -> [WorkerAction]?) -> Bool {
        let now = clock.elapsed()
        var started: [WorkerLease] = []
        let actions = state.withLock { state -> [WorkerAction]? in
            guard let actions = event(&state, now) else { return nil }
            for action in actions {
                switch action {
                case .run(let id, let delivery, let queue):
                    let lease = WorkerLease(id, delivery, queue: queue, began: now, session: self)
                    state.leases[id] = lease
                    started.append(lease)
                case .reportBlocked(let id, _):
                    state.leases[id] = nil
                case .cancelReceives:
                    state.givesUpReceives = true
                default:
                    break
                }
            }
            if let wakesAt = state.machine.wakesAt { setTimer(to: wakesAt, now: now, in: &state) }
            return actions
        }
        guard let actions else { return false }
        for lease in started { start(lease) }
        for action in actions { perform(action) }
        return true
    }

    private func perform(_ action: WorkerAction) {
        switch action {
        case .receive(let queue, let count, let wait):
            track(asReceive: true) { await self.receive(count, from: queue, wait: wait) }
        case .run:
            break  // Started already.
        case .extend(let ids, let deliveries, let queue, let visibility):
            track { await self.extend(ids, deliveries, of: queue, by: visibility) }
        case .settle(let id, let delivery, let settlement, let queue):
            settlers[queue].settle(id, delivery, settlement)
        case .cancel(let id, let reason):
            state.withLock { $0.leases[id] }?.cancel(reason)
        case .cancelReceives:
            let receives = state.withLock { state in state.receives.compactMap { state.tasks[$0] } }
            for receive in receives { receive.cancel() }
        case .checkEmptiness(let queue):
            track { await self.checkEmptiness(of: queue) }
        case .flush:
            for settler in settlers { settler.flush() }
        case .reportBlocked(_, let delivery):
            reportBlocked(delivery)
        case .finish(let unsettled):
            if unsettled > 0 {
                logger.warning("some messages could not be settled in time", metadata: ["messages": "\(unsettled)"])
            }
            settlements.continuation.finish()
        }
    }

    private func start(_ lease: WorkerLease) {
        Task(executorPreference: threads) { [self] in
            await execution.run(lease.delivery, on: queues[lease.queue].capabilities, lease)
            _ = tell { state, now in
                // A job that was left behind is not counted any more when it returns at last.
                guard state.leases.removeValue(forKey: lease.id) != nil else { return nil }
                return state.machine.ended(at: now)
            }
        }
    }

    private func settled(_ settlements: [(id: LeaseID, isDone: Bool)]) {
        var leases: [(WorkerLease, Bool)] = []
        leases.reserveCapacity(settlements.count)
        _ = tell { state, now in
            var actions: [WorkerAction] = []
            for (id, isDone) in settlements {
                if let lease = state.leases[id] { leases.append((lease, isDone)) }
                actions += state.machine.settled(id, isDone: isDone, at: now)
            }
            return actions
        }
        for (lease, isDone) in leases { lease.settled(isDone) }
    }

    private func receive(_ count: Int, from queue: Int, wait: Duration) async {
        do {
            let deliveries = try await broker.receive(
                from: queues[queue].name, count: count, wait: wait, visibility: queues[queue].visibility)
            tell { $0.received(deliveries, from: queue, requested: count, at: $1) }
        } catch {
            if Task.isCancelled {
                return tell { $0.receiveCancelled(from: queue, requested: count, at: $1) }
            }
            logger.warning(
                "cannot receive: trying again",
                metadata: ["queue": "\(queues[queue].name)", "error": "\(error)"])
            tell { $0.receiveFailed(from: queue, requested: count, at: $1) }
        }
    }

    private func extend(_ ids: [LeaseID], _ deliveries: [Delivery], of queue: Int, by visibility: Duration) async {
        let began = clock.elapsed()
        let answers = await answers(to: deliveries, by: visibility)
        let renewals = ids.enumerated().map { index, id in
            (id, LeaseRenewal(index < answers.count ? answers[index] : nil))
        }
        for case .failure(let error) in answers {
            logger.warning(
                "lease could not be renewed",
                metadata: ["queue": "\(queues[queue].name)", "leases": "\(ids.count)", "error": "\(error)"])
            break
        }
        tell { $0.extended(renewals, until: began + visibility, at: $1) }
    }

    /// What the broker answers when it is asked for longer leases.
    private func answers(to deliveries: [Delivery], by duration: Duration) async -> [Result<Void, SQJobsError>] {
        do {
            return try await broker.extend(deliveries, by: duration)
        } catch {
            let error =
                error as? SQJobsError
                ?? SQJobsError(.brokerUnavailable, "The broker could not be asked.", underlying: error)
            return Array(repeating: .failure(error), count: deliveries.count)
        }
    }

    private func checkEmptiness(of queue: Int) async {
        var isEmpty = true
        if let administration = broker.administration {
            isEmpty = (try? await administration.statistics(of: queues[queue].name).isEmpty) ?? false
        }
        tell { $0.learnedEmptiness(of: queue, isEmpty: isEmpty, at: $1) }
    }

    private func reportBlocked(_ delivery: Delivery) {
        let job = try? MessageCodec.decode(delivery.body, messageID: delivery.messageID)
        logger.error(
            "job still runs although it was cancelled: left behind, its message comes back when its lease ends",
            metadata: [
                "job": "\(job?.name ?? "")", "job_id": "\(job?.id ?? "")", "message_id": "\(delivery.messageID)",
                "queue": "\(delivery.queue)",
            ])
    }

    private func track(asReceive: Bool = false, _ work: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            let number = state.nextTask
            state.nextTask += 1
            if asReceive { state.receives.insert(number) }
            state.tasks[number] = Task {
                await work()
                self.state.withLock { state in
                    state.tasks[number] = nil
                    state.receives.remove(number)
                }
            }
            if asReceive, state.givesUpReceives { state.tasks[number]?.cancel() }
        }
    }

    /// Sets the timer to the machine's next time, unless it is set to an earlier one already.
    private func setTimer(to time: Duration, now: Duration, in state: inout State) {
        if let ends = state.timerEnds, ends <= time { return }
        state.timer?.cancel()
        state.timerEnds = time
        state.timer = Task {
            guard (try? await clock.sleep(max(time - now, .zero))) != nil else { return }
            self.state.withLock { $0.timerEnds = nil }
            self.tell { $0.wake(at: $1) }
        }
    }
}
