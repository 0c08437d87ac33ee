import SQJobsCore

/// The schema that our tables are in: a name that was checked, and is quoted wherever SQL needs it.
struct PostgresSchema: Sendable, Hashable {
    /// The schema that is used when none is named.
    static let standard = PostgresSchema(unchecked: "sqjobs")

    /// The name, unquoted.
    let name: String

    /// PostgreSQL cuts longer names off: `NAMEDATALEN` less one.
    private static let longestName = 63

    /// Checks a name.
    ///
    /// - Parameter name: ASCII letters, digits and underscores, no digit first, at most 63; case matters.
    /// - Throws: ``SQJobsError`` with code `invalidConfiguration` that shows the name.
    init(_ name: String) throws {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
        guard isPlain, let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            name.utf8.count <= Self.longestName, !name.hasPrefix("pg_")
        else {
            throw SQJobsError(
                .invalidConfiguration,
                "“\(name)” cannot be the schema's name: use up to \(Self.longestName) letters, digits and underscores,"
                    + " with no digit first and no pg_ either.")
        }
        self.init(unchecked: name)
    }

    private init(unchecked name: String) {
        self.name = name
    }

    /// The name as SQL takes it.
    var quoted: String { "\"\(name)\"" }

    /// A table, or whatever else is in the schema, as SQL takes it: `"sqjobs"."results"`.
    ///
    /// - Parameter table: Its name, one of ours.
    func qualified(_ table: String) -> String { "\(quoted).\"\(table)\"" }
}

extension PostgresSchema: CustomStringConvertible {
    /// The name, unquoted.
    var description: String { name }
}
