import SQJobsResults

/// The condition of a list, with its values.
struct ResultQuery {
    /// `WHERE …`, or nothing.
    let condition: String
    let values: [PostgresValue]

    init(_ filter: ResultFilter, after cursor: ResultCursor?) {
        var conditions: [String] = []
        var values: [PostgresValue] = []
        func bind(_ value: PostgresValue) -> String {
            values.append(value)
            return "$\(values.count)"
        }
        if !filter.states.isEmpty {
            conditions.append("state = ANY(\(bind(.texts(filter.states.map(\.rawValue).sorted()))))")
            if let index = Self.index(over: filter.states) { conditions.append(index) }
        }
        if let name = filter.name { conditions.append("name = \(bind(.text(name)))") }
        if let queue = filter.queue { conditions.append("queue = \(bind(.text(queue.rawValue)))") }
        if let from = filter.createdFrom { conditions.append("created_at >= \(bind(.time(from)))") }
        if let end = filter.createdBefore { conditions.append("created_at < \(bind(.time(end)))") }
        if let cursor {
            let place = (bind(.time(StoreTime.date(cursor.createdAt))), bind(.text(cursor.id)))
            conditions.append("(created_at, id) < (\(place.0), \(place.1))")
        }
        condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        self.values = values
    }

    /// What lets PostgreSQL use the index over the rows that have these states.
    private static func index(over states: Set<JobState>) -> String? {
        if states == [.failure] { return "error IS NOT NULL" }
        return states.contains(where: \.isFinished) ? nil : "finished_at IS NULL"
    }
}
