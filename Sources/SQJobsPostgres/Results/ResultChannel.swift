import SQJobsResults

/// What is said over `LISTEN` and `NOTIFY` of jobs that finished: one channel for a schema, and one notification for all
/// jobs of a call, with a digest of each id. That a digest is another job's too does no harm.
enum ResultChannel {
    /// PostgreSQL takes 8,000 bytes at most; a digest has eight, and a blank.
    private static let digestsInPayload = 800
    /// PostgreSQL's longest name of a channel.
    private static let longestName = 63

    /// The channel. Schemas of the longest names may share one, which does no harm either.
    static func name(in schema: PostgresSchema) -> String {
        String("results_\(schema.name)".prefix(longestName))
    }

    /// What is notified of jobs that finished.
    static func payloads(for ids: [ResultID]) -> [String] {
        stride(from: 0, to: ids.count, by: digestsInPayload).map { start in
            ids[start..<min(start + digestsInPayload, ids.count)].map(digest).joined(separator: " ")
        }
    }

    /// The digests in a payload.
    static func digests(in payload: String) -> [String] {
        payload.split(separator: " ").map(String.init)
    }

    /// An id in eight hexadecimal digits: FNV-1a of 32 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>).
    static func digest(_ id: ResultID) -> String {
        let hash = id.rawValue.utf8.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
