import Foundation

/// A page of Markdown: its blocks of Swift and its links.
struct Page {
    let url: URL
    let name: String
    private let text: String

    static func all(in project: URL) throws -> [Page] {
        let root = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map { project.appending(path: $0) }
        let folder = project.appending(path: "Documentation")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".md") }.sorted().map { folder.appending(path: $0) }
        return try (root + files).map { url in
            Page(url: url, name: url.lastPathComponent, text: try String(contentsOf: url, encoding: .utf8))
        }
    }

    /// The blocks marked `swift` and nothing else; a manifest's are marked `swift manifest`.
    var swiftBlocks: [[String]] {
        var blocks: [[String]] = []
        var lines: [String]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line == "```swift" {
                lines = []
            } else if line == "```", let block = lines {
                blocks.append(Self.code(of: block.joined(separator: "\n")))
                lines = nil
            } else {
                lines?.append(line)
            }
        }
        return blocks
    }

    /// The links into the project.
    var localLinks: [LocalLink] { Self.localLinks(of: text) }

    /// The lines of code that matter for a comparison: without indentation, blank lines, imports, and `@main`, of which a
    /// program can have but one.
    static func code(of text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("import ") && $0 != "@main" }
    }
}
