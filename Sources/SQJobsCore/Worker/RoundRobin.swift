/// Smooth weighted round robin: each candidate is chosen as often as its weight says, and evenly spread.
enum RoundRobin {
    /// Chooses the next of the candidates.
    static func next(
        _ candidates: [Int], in queues: inout [QueueState], _ weight: KeyPath<QueueState, Int>,
        _ credit: WritableKeyPath<QueueState, Int>
    ) -> Int? {
        guard candidates.count > 1 else { return candidates.first }
        var best = candidates[0]
        var total = 0
        for candidate in candidates {
            queues[candidate][keyPath: credit] += queues[candidate][keyPath: weight]
            total += queues[candidate][keyPath: weight]
            if queues[candidate][keyPath: credit] > queues[best][keyPath: credit] { best = candidate }
        }
        queues[best][keyPath: credit] -= total
        return best
    }
}
