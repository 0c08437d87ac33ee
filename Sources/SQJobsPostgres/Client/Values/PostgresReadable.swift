import CLibpq
import Foundation

/// What a column's value can be read as.
protocol PostgresReadable {
    /// Reads a value; nil when the column has another type, or is NULL.
    init?(_ cell: PostgresCell)
}

extension String: PostgresReadable {
    /// Reads text in all its kinds, JSON, identifiers and labels of enumerations.
    init?(_ cell: PostgresCell) {
        guard let bytes = cell.bytes, !PostgresType.binary.contains(cell.type) else { return nil }
        switch cell.type {
        case PostgresType.uuid:
            guard let uuid = UUID(cell) else { return nil }
            self = uuid.uuidString.lowercased()
        // The binary form has its version in front.
        case PostgresType.jsonb: self.init(decoding: bytes.dropFirst(), as: UTF8.self)
        default: self.init(decoding: bytes, as: UTF8.self)
        }
    }
}

extension Int: PostgresReadable {
    /// Reads `smallint`, `integer`, `bigint` and `oid`.
    init?(_ cell: PostgresCell) {
        let value: Int?
        switch cell.type {
        case PostgresType.int8: value = cell.integer(Int64.self).map { Int($0) }
        case PostgresType.int4: value = cell.integer(Int32.self).map { Int($0) }
        case PostgresType.int2: value = cell.integer(Int16.self).map { Int($0) }
        case PostgresType.oid: value = cell.integer(UInt32.self).map { Int($0) }
        default: value = nil
        }
        guard let value else { return nil }
        self = value
    }
}

extension Bool: PostgresReadable {
    init?(_ cell: PostgresCell) {
        guard cell.type == PostgresType.bool, let byte = cell.integer(UInt8.self) else { return nil }
        self = byte != 0
    }
}

extension Double: PostgresReadable {
    /// Reads `real` and `double precision`.
    init?(_ cell: PostgresCell) {
        switch cell.type {
        case PostgresType.float8:
            guard let bits = cell.integer(UInt64.self) else { return nil }
            self.init(bitPattern: bits)
        case PostgresType.float4:
            guard let bits = cell.integer(UInt32.self) else { return nil }
            self.init(Float(bitPattern: bits))
        default: return nil
        }
    }
}

extension Data: PostgresReadable {
    /// Reads `bytea`, and the bytes of whatever a `String` can be read from but `uuid`.
    init?(_ cell: PostgresCell) {
        guard let bytes = cell.bytes, cell.type != PostgresType.uuid,
            cell.type == PostgresType.bytea || !PostgresType.binary.contains(cell.type)
        else { return nil }
        self.init(cell.type == PostgresType.jsonb ? UnsafeRawBufferPointer(rebasing: bytes.dropFirst()) : bytes)
    }
}

extension Date: PostgresReadable {
    /// Reads `timestamptz`.
    init?(_ cell: PostgresCell) {
        guard cell.type == PostgresType.timestamptz, let value = cell.integer(Int64.self) else { return nil }
        self = PostgresTime.date(value)
    }
}

extension Duration: PostgresReadable {
    /// Reads `interval`; days have 24 hours, and months no length that could be read.
    init?(_ cell: PostgresCell) {
        guard cell.type == PostgresType.interval, let bytes = cell.bytes, bytes.count == 16 else { return nil }
        let microseconds = Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        let days = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int32.self))
        let months = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: 12, as: Int32.self))
        guard months == 0 else { return nil }
        self = .microseconds(microseconds) + .seconds(86_400) * Int(days)
    }
}

extension UUID: PostgresReadable {
    init?(_ cell: PostgresCell) {
        guard cell.type == PostgresType.uuid, let bytes = cell.bytes, bytes.count == 16 else { return nil }
        self.init(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}

extension Optional: PostgresReadable where Wrapped: PostgresReadable {
    init?(_ cell: PostgresCell) {
        guard cell.bytes != nil else {
            self = .none
            return
        }
        guard let value = Wrapped(cell) else { return nil }
        self = value
    }
}

extension Array: PostgresReadable where Element: PostgresReadable {
    /// Reads an array of one dimension: `array_send` in PostgreSQL's `arrayfuncs.c`.
    init?(_ cell: PostgresCell) {
        guard let bytes = cell.bytes, bytes.count >= 12 else { return nil }
        func number(at offset: Int) -> Int? {
            guard offset + 4 <= bytes.count else { return nil }
            return Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
        }
        let type = Oid(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Oid.self))
        self = []
        guard let dimensions = number(at: 0), dimensions != 0 else { return }
        guard dimensions == 1, let count = number(at: 12) else { return nil }
        reserveCapacity(count)
        var offset = 20
        for _ in 0..<count {
            guard let length = number(at: offset), length <= bytes.count - offset - 4 else { return nil }
            offset += 4
            let value = length < 0 ? nil : UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
            guard let element = Element(PostgresCell(type: type, bytes: value)) else { return nil }
            append(element)
            offset += Swift.max(length, 0)
        }
    }
}
