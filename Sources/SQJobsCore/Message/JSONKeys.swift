/// The keys of one object, so that one that stands twice shows. Most objects have few keys, and hardly any has escapes:
/// such keys are compared as they stand.
struct JSONKeys {
    private var plain: [UnsafeRawBufferPointer] = []
    /// All keys as texts, once there are many, or one that is not plain.
    private var texts: Set<String> = []

    private static let mostCompared = 16

    /// Notes a key down.
    ///
    /// - Returns: Whether it is a new one.
    /// - Throws: ``JSONSlice/Malformed`` when it is not UTF-8.
    mutating func insert(_ key: JSONSlice) throws -> Bool {
        guard texts.isEmpty, plain.count < Self.mostCompared, Self.isPlain(key.bytes) else {
            if texts.isEmpty { texts = Set(plain.map { String(decoding: $0.dropFirst().dropLast(), as: UTF8.self) }) }
            return texts.insert(try key.string() ?? "").inserted
        }
        guard !plain.contains(where: { $0.count == key.bytes.count && $0.elementsEqual(key.bytes) }) else {
            return false
        }
        plain.append(key.bytes)
        return true
    }

    private static func isPlain(_ key: UnsafeRawBufferPointer) -> Bool {
        key.allSatisfy { (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\\") }
    }
}
