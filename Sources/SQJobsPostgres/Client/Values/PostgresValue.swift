import struct Foundation.Data
import struct Foundation.Date

/// A value for a statement's parameter. `nil` is SQL's NULL, of the type that the case has.
///
/// Text has whatever type the statement wants (`text`, `jsonb`, `uuid`, …), as a literal in quotes has; all others have the
/// type that is named here. The lists are how many rows travel in one statement: `SELECT * FROM unnest($1, $2)`.
enum PostgresValue: Sendable {
    /// Of the type that the statement wants; it may hold anything but NUL.
    case text(String?)
    /// `bigint`.
    case integer(Int?)
    /// `boolean`.
    case bool(Bool?)
    /// `double precision`.
    case double(Double?)
    /// `bytea`.
    case bytes(Data?)
    /// `timestamptz`, to the microsecond.
    case time(Date?)
    /// `interval`, to the microsecond.
    case interval(Duration?)
    /// `text[]`.
    case texts([String?])
    /// `bigint[]`.
    case integers([Int?])
    /// `boolean[]`.
    case bools([Bool?])
    /// `double precision[]`.
    case doubles([Double?])
    /// `bytea[]`.
    case bytesList([Data?])
    /// `timestamptz[]`.
    case times([Date?])
    /// `interval[]`.
    case intervals([Duration?])
}
