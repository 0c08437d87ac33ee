import Foundation

/// A file that is written only if its text changed, so that nothing that depends on it is built again in vain.
package struct OutputFile {
    private let url: URL

    /// Names a file.
    ///
    /// - Parameter path: Where it lies. The folder is made if it is not there.
    package init(path: String) {
        url = URL(filePath: path)
    }

    /// Makes the file hold this text.
    ///
    /// - Returns: Whether it had to be written.
    /// - Throws: What the file system says.
    @discardableResult
    package func write(_ text: String) throws -> Bool {
        let data = Data(text.utf8)
        if let present = try? Data(contentsOf: url), present == data { return false }
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url, options: .atomic)
        return true
    }
}
