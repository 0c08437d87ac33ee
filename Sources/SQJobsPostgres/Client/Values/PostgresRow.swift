/// One of the rows that a statement returned.
struct PostgresRow: Sendable {
    let rows: PostgresRows
    let number: Int

    /// A column's value.
    ///
    /// - Parameters:
    ///   - column: The column's name.
    ///   - type: What to read it as; an optional where NULL is possible.
    /// - Throws: ``PostgresError`` of kind `misuse` when the column's type is another, or it is NULL.
    func value<Value: PostgresReadable>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        try value(try rows.column(column), as: type)
    }

    /// A column's value.
    ///
    /// - Parameters:
    ///   - column: The column's number, from 0.
    ///   - type: What to read it as; an optional where NULL is possible.
    /// - Throws: ``PostgresError`` of kind `misuse` when the column's type is another, or it is NULL.
    func value<Value: PostgresReadable>(_ column: Int, as type: Value.Type = Value.self) throws -> Value {
        let cell = rows.cell(number, column)
        guard let value = Value(cell) else {
            let found = cell.bytes == nil ? "NULL" : "of type \(cell.type)"
            throw PostgresError(
                .misuse, "the column “\(rows.name(column))” is \(found), and cannot be read as \(Value.self)")
        }
        return value
    }
}
