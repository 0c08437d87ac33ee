/// A statement and the values of its parameters.
struct PostgresStatement: Sendable {
    /// SQL with `$1`, `$2`, … where the values go. Use few different texts: each is prepared once a connection.
    let text: String
    /// The values, in order.
    let values: [PostgresValue]

    /// Makes a statement.
    ///
    /// - Parameters:
    ///   - text: SQL with `$1`, `$2`, … where the values go; never put a value into it.
    ///   - values: The values, in order.
    init(_ text: String, _ values: [PostgresValue]) {
        self.text = text
        self.values = values
    }

    /// Makes a statement.
    init(_ text: String, _ values: PostgresValue...) {
        self.init(text, values)
    }
}
