import Foundation

extension Date {
    /// The time of an ISO 8601 text, such as `2027-03-28T01:00:00Z`.
    static func at(_ text: String) throws -> Date {
        try Date(text, strategy: .iso8601)
    }

    var text: String { formatted(.iso8601) }
}
