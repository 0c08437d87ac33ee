/// A file of Swift source, and the module that it is part of.
package struct SourceFile: Sendable, Hashable {
    /// Where it lies, as diagnostics name it.
    package let path: String
    /// What stands in it.
    package let text: String

    /// Makes a file from what was read.
    ///
    /// - Parameters:
    ///   - path: Where it lies, as diagnostics name it.
    ///   - text: What stands in it.
    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
