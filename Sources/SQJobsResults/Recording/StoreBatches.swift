import SQJobsCore

/// Asks a store for many at once: what comes while one call is under way goes together in the next, and what comes alone
/// goes at once.
struct StoreBatches<Entry: Sendable, Answer: Sendable>: Sendable {
    private struct Waiting: Sendable {
        let entry: Entry
        let answer: CheckedContinuation<Result<Answer, any Error>, Never>
    }

    private let collector: BatchCollector<Waiting>

    /// The entries of one call at most, and the bytes at most where entries have a weight.
    private static var count: Int { 256 }
    private static var weight: Int { 8 * 1_048_576 }
    /// How long an entry waits for others while another call is under way.
    private static var linger: Duration { .milliseconds(10) }

    /// - Parameters:
    ///   - clock: What measures the linger time.
    ///   - weight: An entry's bytes, where they may be many.
    ///   - call: The store's call; one answer for each entry, in order.
    init(
        clock: JobClock, weight: @escaping @Sendable (Entry) -> Int = { _ in 0 },
        call: @escaping @Sendable ([Entry]) async throws -> [Answer]
    ) {
        let policy = BatchCollector<Waiting>.Policy(
            count: Self.count, weight: Self.weight, linger: Self.linger, sendsLoneEntriesAtOnce: true)
        collector = BatchCollector(policy, clock: clock, weight: { weight($0.entry) }) { batch in
            await Self.carryOut(batch, call)
        }
    }

    /// The store's answer to one entry.
    func answer(to entry: Entry) async throws -> Answer {
        try await withCheckedContinuation { collector.add(Waiting(entry: entry, answer: $0)) }.get()
    }

    private static func carryOut(
        _ batch: [Waiting], _ call: @Sendable ([Entry]) async throws -> [Answer]
    ) async {
        do {
            let answers = try await call(batch.map(\.entry))
            guard answers.count == batch.count else { throw unanswered }
            for (waiting, answer) in zip(batch, answers) { waiting.answer.resume(returning: .success(answer)) }
        } catch {
            // What was refused together may be the fault of one: the others must not pay for it.
            let mayBeOnesFault = (error as? SQJobsError)?.code != .storeUnavailable
            guard batch.count > 1, mayBeOnesFault else {
                for waiting in batch { waiting.answer.resume(returning: .failure(error)) }
                return
            }
            for waiting in batch { await carryOut([waiting], call) }
        }
    }

    private static var unanswered: SQJobsError {
        SQJobsError(.storeRefused, "The store did not answer for every job: report this to the author of its adapter.")
    }
}
