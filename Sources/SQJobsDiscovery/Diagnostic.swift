/// Something to tell whoever builds the target, at a place in its source.
package struct Diagnostic: Sendable, Hashable {
    /// How grave it is.
    package enum Severity: String, Sendable {
        /// The target is not built.
        case error
        /// A job is left out, and the text says what to do about it.
        case note
    }

    /// How grave it is.
    package let severity: Severity
    /// Where it is.
    package let place: SourcePlace
    /// What is wrong and what to do, in a sentence.
    package let message: String

    static func error(_ place: SourcePlace, _ message: String) -> Self {
        Self(severity: .error, place: place, message: message)
    }

    static func note(_ place: SourcePlace, _ message: String) -> Self {
        Self(severity: .note, place: place, message: message)
    }
}

extension Diagnostic: CustomStringConvertible {
    /// As compilers print it, so that editors find the place: `file:line:column: error: text`.
    package var description: String { "\(place): \(severity.rawValue): \(message)" }
}
