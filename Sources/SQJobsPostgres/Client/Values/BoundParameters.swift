import CLibpq

/// A statement's parameters as libpq takes them: one buffer, and where in it each value is.
struct BoundParameters {
    /// The types, as the server is told when it prepares the statement.
    private(set) var types: [Oid] = []
    private var buffer = PostgresBuffer()
    /// Where each value begins; nil for NULL.
    private var offsets: [Int?] = []
    private var lengths: [CInt] = []
    private var formats: [CInt] = []

    /// The server counts parameters in 16 bits.
    private static let most = 65_535

    /// Writes values.
    ///
    /// - Throws: ``PostgresError`` of kind `misuse` for one that PostgreSQL cannot hold, without the value.
    init(_ values: [PostgresValue]) throws {
        guard values.count <= Self.most else {
            throw PostgresError(
                .misuse, "a statement has \(values.count) parameters where \(Self.most) are possible: send lists")
        }
        for value in values { try append(value) }
    }

    /// Lends the values in libpq's form.
    func withPointers<Result>(
        _ body: (CInt, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<CInt>?, UnsafePointer<CInt>?) -> Result
    ) -> Result {
        buffer.bytes.withUnsafeBytes { bytes in
            // A buffer without bytes may have no address, and an empty value needs one to differ from NULL.
            let pointers = offsets.map { offset in
                offset.flatMap { bytes.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
            }
            return pointers.withUnsafeBufferPointer { pointers in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(CInt(pointers.count), pointers.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }

    private mutating func append(_ value: PostgresValue) throws {
        switch value {
        case .text(let text): try append(text, PostgresType.inferred, isText: true) { try $0.appendTerminated($1) }
        case .integer(let value): append(value, PostgresType.int8) { $0.append(Int64($1)) }
        case .bool(let value): append(value, PostgresType.bool) { $0.append($1) }
        case .double(let value): append(value, PostgresType.float8) { $0.append($1) }
        case .bytes(let value): append(value, PostgresType.bytea) { $0.append($1) }
        case .time(let value): try append(value, PostgresType.timestamptz) { try $0.append($1) }
        case .interval(let value): try append(value, PostgresType.interval) { try $0.append($1) }
        case .texts(let list):
            try append(list, PostgresType.textArray, of: PostgresType.text) { try $0.append($1) }
        case .integers(let list):
            try append(list, PostgresType.int8Array, of: PostgresType.int8) { $0.append(Int64($1)) }
        case .bools(let list): try append(list, PostgresType.boolArray, of: PostgresType.bool) { $0.append($1) }
        case .doubles(let list):
            try append(list, PostgresType.float8Array, of: PostgresType.float8) { $0.append($1) }
        case .bytesList(let list):
            try append(list, PostgresType.byteaArray, of: PostgresType.bytea) { $0.append($1) }
        case .times(let list):
            try append(list, PostgresType.timestamptzArray, of: PostgresType.timestamptz) { try $0.append($1) }
        case .intervals(let list):
            try append(list, PostgresType.intervalArray, of: PostgresType.interval) { try $0.append($1) }
        }
    }

    private mutating func append<Value>(
        _ value: Value?, _ type: Oid, isText: Bool = false, _ write: (inout PostgresBuffer, Value) throws -> Void
    ) rethrows {
        let start = buffer.bytes.count
        if let value { try write(&buffer, value) }
        note(type, start: value == nil ? nil : start, isText: isText)
    }

    /// A list is sent as an array of one dimension, from index 1: `array_recv` in PostgreSQL's `arrayfuncs.c`.
    private mutating func append<Value>(
        _ list: [Value?], _ type: Oid, of element: Oid, _ write: (inout PostgresBuffer, Value) throws -> Void
    ) throws {
        let start = buffer.bytes.count
        buffer.append(Int32(list.isEmpty ? 0 : 1))
        buffer.append(Int32(list.contains { $0 == nil } ? 1 : 0))
        buffer.append(Int32(bitPattern: element))
        if !list.isEmpty {
            buffer.append(Int32(list.count))
            buffer.append(Int32(1))
        }
        for value in list {
            guard let value else {
                buffer.append(Int32(-1))
                continue
            }
            try buffer.appendCounted { try write(&$0, value) }
        }
        note(type, start: start, isText: false)
    }

    private mutating func note(_ type: Oid, start: Int?, isText: Bool) {
        types.append(type)
        offsets.append(start)
        lengths.append(CInt(clamping: buffer.bytes.count - (start ?? buffer.bytes.count)))
        formats.append(isText ? 0 : 1)
        // So that an empty value at the end has an address.
        if start == buffer.bytes.count { buffer.append(false) }
    }
}
