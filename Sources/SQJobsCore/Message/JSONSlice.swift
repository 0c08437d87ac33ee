package import struct Foundation.Data

/// One JSON value as a slice of the text that it stands in. Nothing is copied, and nothing inside of it is looked at
/// before it is asked for, so that depth costs nothing.
///
/// A message's arguments can only be decoded once its name says which job they are for: until then they are slices. What
/// a slice is not sure of, as an escape in a string, it leaves to `JSONDecoder`.
package struct JSONSlice {
    /// The value's text, without white space around it; good for as long as the text is lent.
    package let bytes: UnsafeRawBufferPointer
    /// Where the value begins in the text.
    package let place: Int

    init(bytes: UnsafeRawBufferPointer, place: Int) {
        self.bytes = bytes
        self.place = place
    }

    /// Lends a text as a slice.
    ///
    /// - Parameters:
    ///   - text: One JSON value; white space around it is fine.
    ///   - read: Reads it; the slice must not leave it.
    package static func of<Value>(_ text: Data, _ read: (JSONSlice) throws -> Value) rethrows -> Value {
        try text.withUnsafeBytes { try read(JSONSlice(bytes: $0, place: 0)) }
    }

    /// Reads an object.
    ///
    /// - Parameter visit: Given each member's key and value, in order.
    /// - Throws: ``Malformed`` when the value is not an object, or a key stands twice.
    package func members(_ visit: (JSONSlice, JSONSlice) throws -> Void) throws {
        var scanner = JSONScanner(self)
        try scanner.members(visit)
    }

    /// Reads an array.
    ///
    /// - Parameter visit: Given each element, in order.
    /// - Throws: ``Malformed`` when the value is not an array.
    package func elements(_ visit: (JSONSlice) throws -> Void) throws {
        var scanner = JSONScanner(self)
        try scanner.elements(visit)
    }

    /// Whether the value is the string of these characters, none of which needs an escape.
    package func isString(_ text: StaticString) -> Bool {
        let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes.count == expected.count + 2 else {
            return bytes.contains(UInt8(ascii: "\\")) && (try? string())?.utf8.elementsEqual(expected) ?? false
        }
        return bytes.dropFirst().dropLast().elementsEqual(expected)
    }

    /// The value as a string; `nil` for `null`.
    ///
    /// - Throws: ``Malformed`` when it is neither.
    package func string() throws -> String? {
        if bytes.count > 1, bytes.first == UInt8(ascii: "\"") {
            let inner = UnsafeRawBufferPointer(rebasing: bytes.dropFirst().dropLast())
            let isPlain = !inner.contains { $0 == UInt8(ascii: "\\") || $0 < 0x20 }
            if isPlain, let text = String(validating: inner, as: UTF8.self) { return text }
        }
        do {
            return try WireJSON.decoder.decode(String?.self, from: data)
        } catch {
            throw Malformed("a string of UTF-8 is missing", at: place)
        }
    }

    /// The value as a text of its own.
    package var data: Data { Data(bytes) }
}

extension JSONSlice {
    /// What keeps a text from being the JSON that was expected.
    package struct Malformed: Error, CustomStringConvertible {
        package let description: String

        /// - Parameters:
        ///   - reason: What is wrong.
        ///   - place: At which byte of the text.
        package init(_ reason: String, at place: Int) {
            description = "\(reason) at byte \(place)"
        }
    }
}
