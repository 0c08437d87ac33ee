import GRDB
import SQJobsResults

/// The condition of a list, with its arguments.
struct ResultQuery {
    /// `WHERE …`, or nothing.
    let condition: String
    let arguments: [(any DatabaseValueConvertible)?]

    init(_ filter: ResultFilter, after cursor: ResultCursor?) {
        var conditions: [String] = []
        var arguments: [(any DatabaseValueConvertible)?] = []
        if !filter.states.isEmpty {
            conditions += Self.condition(on: filter.states)
            arguments += filter.states.map(\.rawValue)
        }
        if let name = filter.name {
            conditions.append("name = ?")
            arguments.append(name)
        }
        if let queue = filter.queue {
            conditions.append("queue = ?")
            arguments.append(queue.rawValue)
        }
        if let from = filter.createdFrom {
            conditions.append("created_at >= ?")
            arguments.append(StoreTime.microseconds(from))
        }
        if let end = filter.createdBefore {
            conditions.append("created_at < ?")
            arguments.append(StoreTime.microseconds(end))
        }
        if let cursor {
            conditions.append("(created_at, id) < (?, ?)")
            arguments += [cursor.createdAt, cursor.id]
        }
        condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        self.arguments = arguments
    }

    /// Says beside the states themselves what lets SQLite use the index over the rows that have them.
    private static func condition(on states: Set<JobState>) -> [String] {
        let bound = "state IN (\(states.map { _ in "?" }.joined(separator: ", ")))"
        if states == [.failure] { return [bound, "state = 'FAILURE'"] }
        return states.contains(where: \.isFinished) ? [bound] : [bound, "finished_at IS NULL"]
    }
}
