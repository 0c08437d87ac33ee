import Foundation

/// Where values are written in PostgreSQL's binary form: big-endian numbers, and times in microseconds.
struct PostgresBuffer {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ value: Bool) {
        bytes.append(value ? 1 : 0)
    }

    mutating func append(_ value: Double) {
        append(value.bitPattern)
    }

    mutating func append(_ value: Data) {
        value.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    /// Appends text.
    ///
    /// - Throws: ``PostgresError`` of kind `misuse` when there is a NUL in it.
    mutating func append(_ text: String) throws {
        var text = text
        let isPlain = text.withUTF8 { utf8 in
            bytes.append(contentsOf: utf8)
            return !utf8.contains(0)
        }
        guard isPlain else {
            throw PostgresError(.misuse, "a text holds the character NUL, which PostgreSQL cannot store; leave it out")
        }
    }

    /// Appends text as C has it.
    mutating func appendTerminated(_ text: String) throws {
        try append(text)
        bytes.append(0)
    }

    /// Appends a time.
    ///
    /// - Throws: ``PostgresError`` of kind `misuse` when PostgreSQL has no such time.
    mutating func append(_ date: Date) throws {
        append(try PostgresTime.microseconds(date))
    }

    /// Appends a time span: microseconds, and no days and no months.
    ///
    /// - Throws: ``PostgresError`` of kind `misuse` when PostgreSQL has none so long.
    mutating func append(_ duration: Duration) throws {
        append(try PostgresTime.microseconds(duration))
        append(Int32(0))
        append(Int32(0))
    }

    /// Appends what a closure writes, behind its length.
    mutating func appendCounted(_ write: (inout PostgresBuffer) throws -> Void) rethrows {
        let start = bytes.count
        append(Int32(0))
        try write(&self)
        let length = Int32(clamping: bytes.count - start - 4)
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: length.bigEndian, toByteOffset: start, as: Int32.self) }
    }
}
