/// A line of a response's head, if it is one of those that ``HTTPResponse`` keeps.
struct HeaderField {
    /// The name, in lower case.
    let name: String
    /// The value, without the white space around it.
    let value: String

    /// Reads a line; nil if its field is not kept, or if it has none.
    ///
    /// - Parameter line: The bytes of `Name: value`, with or without the line's end.
    init?(_ line: UnsafeRawBufferPointer) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
            let name = HTTPResponse.keptHeaders.first(where: { Self.matches($0, line[..<colon]) })
        else { return nil }
        let rest = line[(colon + 1)...]
        guard let first = rest.firstIndex(where: { $0 > 0x20 }), let last = rest.lastIndex(where: { $0 > 0x20 }) else {
            return nil
        }
        self.name = name.description
        value = String(decoding: rest[first...last], as: UTF8.self)
    }

    /// Whether some bytes are a name, whatever their case.
    private static func matches(_ name: StaticString, _ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        guard bytes.count == name.utf8CodeUnitCount else { return false }
        // No name that is kept has a character that setting this bit would turn into another.
        return zip(bytes, 0..<bytes.count).allSatisfy { $0 | 0x20 == name.utf8Start[$1] }
    }
}
