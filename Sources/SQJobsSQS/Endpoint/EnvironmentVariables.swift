import Foundation
import SQJobsCore

/// The process's environment variables, or those that a test makes up.
///
/// They hold secrets, so neither printing nor reflection shows a value.
struct EnvironmentVariables: Sendable {
    /// All of them, as a child process gets them.
    let all: [String: String]

    init(_ all: [String: String]) {
        self.all = all
    }

    /// A variable's value without surrounding white space, which a secret mounted from a file easily has; nil when
    /// nothing is left.
    subscript(name: String) -> String? {
        guard let value = all[name]?.trimmingCharacters(in: .whitespacesAndNewlines), !value.isEmpty else { return nil }
        return value
    }
}

extension EnvironmentVariables: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// How many there are.
    var description: String { "EnvironmentVariables(\(all.count))" }

    /// The same as ``description``.
    var debugDescription: String { description }

    /// A mirror without the values.
    var customMirror: Mirror { Mirror(self, children: ["count": all.count], displayStyle: .struct) }
}
