import Foundation

/// A part of a page that is made from the code. It stands between two comments of the page, the first of which names it.
struct GeneratedPart {
    let name: String
    /// The page's path in `Documentation`.
    let page: String
    let text: String

    private var before: String { "<!-- \(name): make docs-update writes this part from the code -->\n" }
    private static let after = "<!-- end -->\n"

    /// Whether this run writes the pages instead of comparing them.
    private static let isUpdate = ProcessInfo.processInfo.environment["SQJOBS_DOCS_UPDATE"] != nil

    /// Whether the page holds this part as it is; asked to update it, makes it so.
    func isCurrent() throws -> Bool {
        let url = Project.documentation.appending(path: page)
        let text = try String(contentsOf: url, encoding: .utf8)
        guard let start = text.range(of: before),
            let end = text.range(of: Self.after, range: start.upperBound..<text.endIndex)
        else { return false }
        let current = text.replacingCharacters(in: start.upperBound..<end.lowerBound, with: "\n\(self.text)\n")
        if Self.isUpdate, current != text { try current.write(to: url, atomically: true, encoding: .utf8) }
        return Self.isUpdate || current == text
    }
}
