/// One section of a shared file: its settings, and those with settings of their own below them.
///
/// It may hold secrets, so neither printing nor reflection shows a value.
struct ProfileSection: Sendable, Equatable {
    /// The settings' values by their names in lower case.
    var values: [String: String] = [:]
    /// What stands indented below a setting that has no value itself: `sqs` → `endpoint_url` → address.
    var nested: [String: [String: String]] = [:]
}

extension ProfileSection: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names of the settings.
    var description: String { "ProfileSection(\(names.joined(separator: ", ")))" }

    /// The same as ``description``.
    var debugDescription: String { description }

    /// A mirror with the settings' names alone.
    var customMirror: Mirror {
        Mirror(self, children: ["names": names], displayStyle: .struct)
    }

    private var names: [String] { (Array(values.keys) + Array(nested.keys)).sorted() }
}
