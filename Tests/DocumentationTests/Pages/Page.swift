import Foundation
import Testing

/// A page of Markdown: its blocks and its links.
struct Page: Sendable {
    let url: URL
    /// Its path in the project, without the folder `Documentation`: `topics/results.md`.
    let name: String
    let text: String

    /// All pages that users read.
    static func all() throws -> [Page] {
        let root = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        let files = try FileManager.default.subpathsOfDirectory(atPath: Project.documentation.path)
            .filter { $0.hasSuffix(".md") }.sorted()
        return try root.map { try Page($0, in: Project.root) } + files.map { try Page($0, in: Project.documentation) }
    }

    init(_ name: String, in folder: URL) throws {
        self.name = name
        url = folder.appending(path: name)
        text = try String(contentsOf: url, encoding: .utf8)
    }

    var blocks: [Block] { Block.all(in: text) }

    /// The links into the project.
    var localLinks: [LocalLink] { Self.localLinks(of: text) }
}

extension Page: CustomTestStringConvertible {
    var testDescription: String { name }
}
