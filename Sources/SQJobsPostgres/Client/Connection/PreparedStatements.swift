/// The statements that a connection has prepared at the server, by text and types.
struct PreparedStatements {
    private struct Key: Hashable {
        let text: String
        let types: [UInt32]
    }

    private var names: [Key: String] = [:]
    private var last = 0

    /// How many are kept. Ours are a few dozen; a program that makes up texts must not fill the server's memory.
    private static let most = 256

    /// The name of a statement that is prepared; nil if it isn't.
    func name(_ text: String, _ types: [UInt32]) -> String? {
        names[Key(text: text, types: types)]
    }

    /// A name for a statement that is to be prepared; nil when enough are.
    mutating func makeName() -> String? {
        guard names.count < Self.most else { return nil }
        last += 1
        return "sqjobs_\(last)"
    }

    /// Names that were given out are not given out again, whatever becomes of them.
    mutating func skip(to other: PreparedStatements) {
        last = other.last
    }

    /// A statement is prepared now.
    mutating func note(_ text: String, _ types: [UInt32], _ name: String) {
        names[Key(text: text, types: types)] = name
    }
}
