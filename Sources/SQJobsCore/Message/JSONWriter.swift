package import struct Foundation.Data

/// Writes JSON objects member by member: the frame around texts that are JSON already, or strings. What needs an escape
/// is left to `JSONEncoder`.
package struct JSONWriter {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []
    private var isFirst = true

    /// Makes a writer.
    ///
    /// - Parameter capacity: About how many bytes there will be.
    package init(capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    /// Writes an object, or the next element if the writer is in an array.
    ///
    /// - Parameter members: Writes its members.
    package mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        try list("{", "}", members)
    }

    /// Writes an array as a member.
    ///
    /// - Parameters:
    ///   - name: The member's key, which needs no escape.
    ///   - elements: Writes its elements.
    package mutating func array(
        _ name: StaticString, _ elements: (inout JSONWriter) throws -> Void
    ) rethrows {
        key(name)
        isFirst = true
        try list("[", "]", elements)
    }

    /// Writes an object as a member.
    ///
    /// - Parameters:
    ///   - name: The member's key, which needs no escape.
    ///   - members: Writes its members.
    package mutating func object(
        _ name: StaticString, _ members: (inout JSONWriter) throws -> Void
    ) rethrows {
        key(name)
        isFirst = true
        try list("{", "}", members)
    }

    /// Writes a string as a member; nothing for `nil`.
    ///
    /// - Throws: `EncodingError` when the text cannot be written as a JSON string.
    package mutating func member(_ name: StaticString, _ value: String?) throws {
        guard let value else { return }
        key(name)
        try quoted(value)
    }

    /// Writes an object as a member whose key is any text.
    package mutating func object(
        named name: String, _ members: (inout JSONWriter) throws -> Void
    ) throws {
        separate()
        try quoted(name)
        bytes.append(UInt8(ascii: ":"))
        isFirst = true
        try list("{", "}", members)
    }

    /// Writes a whole number as a member; nothing for `nil`.
    package mutating func member(_ name: StaticString, _ value: Int?) {
        guard let value else { return }
        key(name)
        bytes += String(value).utf8
    }

    /// Writes a member whose value is JSON already.
    package mutating func member(_ name: StaticString, json: Data) {
        key(name)
        bytes += json
    }

    private mutating func list(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ content: (inout JSONWriter) throws -> Void
    ) rethrows {
        separate()
        bytes.append(UInt8(ascii: open))
        isFirst = true
        try content(&self)
        bytes.append(UInt8(ascii: close))
        isFirst = false
    }

    private mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes += UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    private mutating func quoted(_ text: String) throws {
        let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }
        guard isPlain else {
            bytes += try WireJSON.encoder.encode(text)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        bytes += text.utf8
        bytes.append(UInt8(ascii: "\""))
    }
}
