import CLibpq

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a statement returned: its rows, and how many it changed.
///
/// `@unchecked Sendable`: the result is only read, which libpq allows from any thread ("Behavior in Threaded Programs").
final class PostgresRows: @unchecked Sendable {
    private let result: OpaquePointer

    /// Takes a result over, and frees it in the end.
    init(_ result: OpaquePointer) {
        self.result = result
    }

    deinit {
        PQclear(result)
    }

    /// How many rows were inserted, updated, deleted or selected.
    var affected: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// What the server calls that which it did: `INSERT 0 1`, `ROLLBACK`.
    var tag: String { String(cString: PQcmdStatus(result)) }

    /// A column's number.
    ///
    /// - Throws: ``PostgresError`` of kind `misuse` when there is none of that name.
    func column(_ name: String) throws -> Int {
        for index in 0..<PQnfields(result) where strcmp(PQfname(result, index), name) == 0 { return Int(index) }
        throw PostgresError(.misuse, "the statement returns no column “\(name)”")
    }

    /// A value, in the server's binary form.
    func cell(_ row: Int, _ column: Int) -> PostgresCell {
        let (row, column) = (CInt(row), CInt(column))
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else {
            return PostgresCell(type: PQftype(result, column), bytes: nil)
        }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
        return PostgresCell(type: PQftype(result, column), bytes: bytes)
    }

    /// A column's name, for errors.
    func name(_ column: Int) -> String {
        PQfname(result, CInt(column)).map { String(cString: $0) } ?? "\(column)"
    }
}

extension PostgresRows: RandomAccessCollection {
    var startIndex: Int { 0 }
    var endIndex: Int { Int(PQntuples(result)) }

    /// A row.
    ///
    /// - Parameter index: Its number, from 0.
    subscript(index: Int) -> PostgresRow {
        precondition(indices.contains(index), "there is no row \(index)")
        return PostgresRow(rows: self, number: index)
    }
}
