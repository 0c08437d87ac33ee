import Synchronization

/// Collects entries that come one by one, from any task, into batches.
///
/// A batch goes when it is full or when its first entry has waited for the linger time. Where a lone entry must not
/// wait for company, it goes at once as long as no other batch is on its way.
package final class BatchCollector<Entry: Sendable>: Sendable {
    /// When a batch goes.
    package struct Policy: Sendable {
        /// The entries of a batch at most.
        package var count: Int
        /// The sum of the entries' weights at most.
        package var weight: Int
        /// How long the first entry of a batch waits for others at most.
        package var linger: Duration
        /// Whether an entry goes at once while no other batch is on its way.
        package var sendsLoneEntriesAtOnce: Bool

        package init(
            count: Int, weight: Int = .max, linger: Duration, sendsLoneEntriesAtOnce: Bool = false
        ) {
            self.count = count
            self.weight = weight
            self.linger = linger
            self.sendsLoneEntriesAtOnce = sendsLoneEntriesAtOnce
        }
    }

    private struct State {
        var waiting: [Entry] = []
        var weight = 0
        var batchesUnderWay = 0
        /// Counts the batches that began, so that a timer knows whether its own is gone.
        var batch = 0

        mutating func takeBatch() -> [Entry] {
            defer {
                waiting = []
                weight = 0
                batch += 1
            }
            batchesUnderWay += 1
            return waiting
        }
    }

    private let policy: Policy
    private let clock: JobClock
    private let weight: @Sendable (Entry) -> Int
    private let carryOut: @Sendable ([Entry]) async -> Void
    private let state = Mutex(State())

    /// Makes a collector.
    ///
    /// - Parameters:
    ///   - policy: When a batch goes.
    ///   - clock: What measures the linger time.
    ///   - weight: An entry's weight, such as its bytes.
    ///   - carryOut: Carries a batch out, and tells each entry's owner what came of it.
    package init(
        _ policy: Policy, clock: JobClock, weight: @escaping @Sendable (Entry) -> Int = { _ in 0 },
        carryOut: @escaping @Sendable ([Entry]) async -> Void
    ) {
        self.policy = policy
        self.clock = clock
        self.weight = weight
        self.carryOut = carryOut
    }

    /// Adds an entry to the batch that is being collected.
    package func add(_ entry: Entry) {
        let weight = weight(entry)
        let (full, ready, timer) = state.withLock { state -> ([Entry], [Entry], Int?) in
            let isTooHeavy = !state.waiting.isEmpty && state.weight > policy.weight - weight
            let full = isTooHeavy ? state.takeBatch() : []
            state.waiting.append(entry)
            state.weight += weight
            let isLone = policy.sendsLoneEntriesAtOnce && state.batchesUnderWay == 0
            if state.waiting.count >= policy.count || isLone { return (full, state.takeBatch(), nil) }
            return (full, [], state.waiting.count == 1 ? state.batch : nil)
        }
        send(full)
        send(ready)
        if let timer { startTimer(forBatch: timer) }
    }

    /// Carries out a lone entry in the caller's own task, which saves it two hops between threads: if no batch is on its
    /// way, and none is being collected. Entries that come meanwhile are collected, and go when it is over.
    ///
    /// - Returns: What the work returned; `nil` if there is company, and the entry must be added.
    package func carryOutAlone<Answer>(_ work: () async -> Answer) async -> Answer? {
        let isAlone = state.withLock { state in
            guard state.batchesUnderWay == 0, state.waiting.isEmpty else { return false }
            state.batchesUnderWay += 1
            return true
        }
        guard isAlone else { return nil }
        let answer = await work()
        endBatch()
        return answer
    }

    /// Sends what was collected so far, whether or not its time has come.
    package func flush() {
        send(state.withLock { $0.waiting.isEmpty ? [] : $0.takeBatch() })
    }

    private func startTimer(forBatch number: Int) {
        Task {
            try? await clock.sleep(policy.linger)
            send(state.withLock { $0.batch == number && !$0.waiting.isEmpty ? $0.takeBatch() : [] })
        }
    }

    private func send(_ batch: [Entry]) {
        guard !batch.isEmpty else { return }
        Task {
            await carryOut(batch)
            endBatch()
        }
    }

    private func endBatch() {
        let next = state.withLock { state -> [Entry] in
            state.batchesUnderWay -= 1
            let isLone = policy.sendsLoneEntriesAtOnce && state.batchesUnderWay == 0
            return isLone && !state.waiting.isEmpty ? state.takeBatch() : []
        }
        send(next)
    }
}
