/// What a store in SQLite promises of a write that returned.
public enum SQLiteDurability: Sendable, Hashable {
    /// It outlives the death of every process, and nothing is ever half written; a power failure or a crash of the
    /// machine may undo the last writes. That is `PRAGMA synchronous = NORMAL` with a write-ahead log.
    case processes
    /// It outlives a power failure too, at the price of a write to the disk for each transaction: `PRAGMA synchronous =
    /// FULL`.
    case machine
}
