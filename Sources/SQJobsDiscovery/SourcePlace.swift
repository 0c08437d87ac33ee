/// A place in a file, as compilers write it and editors jump to it.
package struct SourcePlace: Sendable, Hashable {
    /// The file.
    package let path: String
    /// The line, from 1.
    package let line: Int
    /// The column in bytes of UTF-8, from 1.
    package let column: Int

    /// The place so many bytes further on the same line.
    func advanced(by columns: Int) -> Self {
        Self(path: path, line: line, column: column + columns)
    }
}

extension SourcePlace: Comparable {
    /// By file, line and column.
    package static func < (left: Self, right: Self) -> Bool {
        (left.path, left.line, left.column) < (right.path, right.line, right.column)
    }
}

extension SourcePlace: CustomStringConvertible {
    /// `Jobs/SendTicket.swift:3:13`.
    package var description: String { "\(path):\(line):\(column)" }
}
