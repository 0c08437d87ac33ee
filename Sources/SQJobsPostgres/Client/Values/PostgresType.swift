import CLibpq

/// The types whose values are exchanged, by the numbers that are fixed in PostgreSQL's `pg_type.dat`.
enum PostgresType {
    /// No type: the server infers it.
    static let inferred: Oid = 0
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let oid: Oid = 26
    static let float4: Oid = 700
    static let float8: Oid = 701
    static let timestamp: Oid = 1114
    static let timestamptz: Oid = 1184
    static let interval: Oid = 1186
    static let numeric: Oid = 1700
    static let uuid: Oid = 2950
    static let jsonb: Oid = 3802

    static let boolArray: Oid = 1000
    static let byteaArray: Oid = 1001
    static let textArray: Oid = 1009
    static let int8Array: Oid = 1016
    static let float8Array: Oid = 1022
    static let timestamptzArray: Oid = 1185
    static let intervalArray: Oid = 1187

    /// Types whose binary form is no text, though a `String` may be asked of them by mistake.
    static let binary: Set<Oid> = [
        bool, bytea, int8, int2, int4, oid, float4, float8, timestamp, timestamptz, interval, numeric, boolArray,
        byteaArray, textArray, int8Array, float8Array, timestamptzArray, intervalArray, 1082, 1083, 1266,
    ]
}
