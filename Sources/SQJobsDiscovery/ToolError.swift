/// Why the tool could not do what it was asked: a sentence for people that says what to do.
package struct ToolError: Error, Hashable, CustomStringConvertible {
    /// The sentence.
    package let description: String

    /// Makes an error.
    ///
    /// - Parameter description: The sentence.
    package init(_ description: String) {
        self.description = description
    }
}
