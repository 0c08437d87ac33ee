import SQJobsResults

/// The entries of a call in rounds, in none of which an identity stands twice: a statement meets each row once, and who
/// names one twice wants it met twice. Most calls are one round.
struct ResultRounds<Entry: Sendable>: Sendable {
    private var rounds: [[(place: Int, entry: Entry)]] = []
    private let count: Int

    init(_ entries: [Entry], id: (Entry) -> ResultID) {
        count = entries.count
        var occurrences: [ResultID: Int] = [:]
        for (place, entry) in entries.enumerated() {
            let round = occurrences[id(entry), default: 0]
            occurrences[id(entry)] = round + 1
            if round == rounds.count { rounds.append([]) }
            rounds[round].append((place, entry))
        }
    }

    /// Carries rounds out, one after the other.
    ///
    /// - Parameters:
    ///   - none: Stands where there is no answer yet.
    ///   - call: Answers each entry of a round, in order.
    /// - Returns: The answers, each at its entry's place in the call.
    func answers<Answer>(_ none: Answer, _ call: ([Entry]) async throws -> [Answer]) async throws -> [Answer] {
        var answers = Array(repeating: none, count: count)
        for round in rounds {
            for ((place, _), answer) in zip(round, try await call(round.map(\.entry))) { answers[place] = answer }
        }
        return answers
    }
}
