/// A statement and the values of its parameters.
struct PostgresStatement: Sendable {
    /// SQL with `$1`, `$2`, … where the values go. Use few different texts: each is prepared once a connection, unless it
    /// is planned anew.
    let text: String
    /// The values, in order.
    let values: [PostgresValue]
    /// Whether the server plans it each time, by the sizes that tables have then, and does not keep it. A plan that is kept
    /// was perhaps made for a table with few rows, and reads all of them until the server next looks how many there are.
    let isPlannedAnew: Bool

    /// Makes a statement.
    ///
    /// - Parameters:
    ///   - text: SQL with `$1`, `$2`, … where the values go; never put a value into it.
    ///   - values: The values, in order.
    ///   - isPlannedAnew: Whether the server plans it each time.
    init(_ text: String, _ values: [PostgresValue], isPlannedAnew: Bool = false) {
        self.text = text
        self.values = values
        self.isPlannedAnew = isPlannedAnew
    }

    /// Makes a statement.
    init(_ text: String, _ values: PostgresValue...) {
        self.init(text, values)
    }

    /// Makes a statement that the server plans each time.
    static func plannedAnew(_ text: String, _ values: PostgresValue...) -> PostgresStatement {
        PostgresStatement(text, values, isPlannedAnew: true)
    }
}
