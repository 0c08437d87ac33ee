import CLibpq

/// A value as the server sent it, as long as its rows are held.
struct PostgresCell {
    /// The type.
    let type: Oid
    /// The binary form; nil for NULL.
    let bytes: UnsafeRawBufferPointer?

    /// The big-endian number that the bytes are; nil when there are more or fewer.
    func integer<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
        guard let bytes, bytes.count == MemoryLayout<Number>.size else { return nil }
        return Number(bigEndian: bytes.loadUnaligned(as: Number.self))
    }
}
