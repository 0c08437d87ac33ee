import SQJobsCore

/// The identity of a job in a store: its id, or what precedes the first `#` of it.
///
/// What follows a `#` tells apart messages that are one job: whichever of them comes first is run.
public struct ResultID: Sendable, Hashable {
    /// The identity's text: 1 to 512 bytes of UTF-8, without NUL.
    public let rawValue: String

    /// The longest identity, in bytes of UTF-8: what every store can index.
    public static let longest = 512

    /// The identity of a job.
    ///
    /// - Parameter id: The job's id.
    /// - Throws: ``SQJobsError`` with code `unstorable` when it is empty, too long or holds a NUL.
    public init(of id: String) throws {
        let identity = id.prefix { $0 != "#" }
        guard !identity.isEmpty else {
            throw SQJobsError(
                .unstorable, "A job without an id cannot be kept: give it one that does not begin with “#”.")
        }
        guard identity.utf8.count <= Self.longest else {
            throw SQJobsError(
                .unstorable,
                "The job's id is \(identity.utf8.count) bytes long and a store keeps at most \(Self.longest): give it a"
                    + " shorter one.")
        }
        try StorableText.check(String(identity), "id", job: nil)
        rawValue = String(identity)
    }
}

extension ResultID: CustomStringConvertible {
    /// The identity's text.
    public var description: String { rawValue }
}
