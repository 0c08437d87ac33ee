import Synchronization

/// Collects entries that come one by one, from any task, into batches, and hands each entry its own answer.
///
/// A batch goes when it is full or when its first entry has waited for the linger time. Where a lone entry must not
/// wait for company, it goes at once as long as no other batch is on its way.
package final class BatchCollector<Entry: Sendable, Answer: Sendable>: Sendable {
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

        package init(count: Int, weight: Int = .max, linger: Duration, sendsLoneEntriesAtOnce: Bool) {
            self.count = count
            self.weight = weight
            self.linger = linger
            self.sendsLoneEntriesAtOnce = sendsLoneEntriesAtOnce
        }
    }

    private struct Waiting: Sendable {
        let entry: Entry
        let answer: @Sendable (Answer) -> Void
    }

    private struct State {
        var waiting: [Waiting] = []
        var weight = 0
        var batchesUnderWay = 0
        /// Counts the batches that began, so that a timer knows whether its own is gone.
        var batch = 0

        mutating func takeBatch() -> [Waiting] {
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
    private let missing: Answer
    private let carryOut: @Sendable ([Entry]) async -> [Answer]
    private let state = Mutex(State())

    /// Makes a collector.
    ///
    /// - Parameters:
    ///   - policy: When a batch goes.
    ///   - clock: What measures the linger time.
    ///   - weight: An entry's weight, such as its bytes.
    ///   - missing: The answer of an entry that `carryOut` does not answer.
    ///   - carryOut: Carries a batch out and returns one answer for each entry, in order.
    package init(
        _ policy: Policy, clock: JobClock, weight: @escaping @Sendable (Entry) -> Int = { _ in 0 }, missing: Answer,
        carryOut: @escaping @Sendable ([Entry]) async -> [Answer]
    ) {
        self.policy = policy
        self.clock = clock
        self.weight = weight
        self.missing = missing
        self.carryOut = carryOut
    }

    /// Adds an entry and waits for its answer.
    package func submit(_ entry: Entry) async -> Answer {
        await withCheckedContinuation { continuation in
            add(entry) { continuation.resume(returning: $0) }
        }
    }

    /// Adds an entry; the closure is called once with its answer.
    package func add(_ entry: Entry, answer: @escaping @Sendable (Answer) -> Void) {
        let weight = weight(entry)
        let (batches, timer) = state.withLock { state -> ([[Waiting]], Int?) in
            var batches: [[Waiting]] = []
            if !state.waiting.isEmpty, state.weight > policy.weight - weight { batches.append(state.takeBatch()) }
            state.waiting.append(Waiting(entry: entry, answer: answer))
            state.weight += weight
            let isLone = policy.sendsLoneEntriesAtOnce && state.batchesUnderWay == 0
            if state.waiting.count >= policy.count || isLone {
                batches.append(state.takeBatch())
                return (batches, nil)
            }
            return (batches, state.waiting.count == 1 ? state.batch : nil)
        }
        for batch in batches { send(batch) }
        if let timer { startTimer(forBatch: timer) }
    }

    /// Sends what waits, whether or not its time has come.
    package func flush() {
        let batch = state.withLock { $0.waiting.isEmpty ? [] : $0.takeBatch() }
        if !batch.isEmpty { send(batch) }
    }

    private func startTimer(forBatch number: Int) {
        Task {
            try? await clock.sleep(policy.linger)
            let batch = state.withLock { $0.batch == number && !$0.waiting.isEmpty ? $0.takeBatch() : [] }
            if !batch.isEmpty { await complete(batch) }
        }
    }

    private func send(_ batch: [Waiting]) {
        Task { await complete(batch) }
    }

    private func complete(_ batch: [Waiting]) async {
        let answers = await carryOut(batch.map(\.entry))
        for (index, waiting) in batch.enumerated() {
            waiting.answer(index < answers.count ? answers[index] : missing)
        }
        let next = state.withLock { state -> [Waiting] in
            state.batchesUnderWay -= 1
            let isLone = policy.sendsLoneEntriesAtOnce && state.batchesUnderWay == 0
            return isLone && !state.waiting.isEmpty ? state.takeBatch() : []
        }
        if !next.isEmpty { send(next) }
    }
}
